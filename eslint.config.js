import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { noDecimalOperators } from "./scripts/eslint/no-decimal-operators.js";

const source = "src/**/*.ts";
const timeFiles = ["src/core/instant*.ts", "src/core/calendar-*.ts", "src/core/time-zone*.ts"];
const entryFiles = ["src/index.ts", "src/{schema,interchange,reports,testing}/index.ts"];

/** Globals that know the host: its clock, its language, its process. Type annotations such as `: Date` stay legal. */
const hostGlobals = [
  "Date",
  "Intl",
  "globalThis",
  "global",
  "window",
  "self",
  "process",
  "console",
  "fetch",
  "crypto",
  "performance",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "require",
  "eval",
  "Function",
  "WeakRef",
  "FinalizationRegistry",
];
const bannedGlobals = (allowed = []) => [
  "error",
  ...hostGlobals
    .filter((name) => !allowed.includes(name))
    .map((name) => ({ name, message: "src knows no host: time, zone and chance come in as arguments." })),
];

const dateFns = {
  regex: "^(date-fns|@date-fns)(/|$)",
  message: "Dates belong to core/calendar-day, core/time-zone and scheduling.",
};
const dateFnsRoot = {
  regex: "^date-fns$",
  message: "Import by sub-path (date-fns/addDays): the root loads everything.",
};
const dateFnsClock = {
  regex:
    "^date-fns/(isToday|isTomorrow|isYesterday|isFuture|isPast|isThis\\w+|startOfToday|startOfTomorrow|startOfYesterday|endOfToday|endOfTomorrow|endOfYesterday|formatDistanceToNow\\w*|constructNow)$",
  message: "This function reads the clock.",
};
const decimalJs = { regex: "^decimal\\.js(/|$)", message: "decimal.js belongs to core/decimal." };
const zod = { regex: "^zod(/|$)", message: 'zod belongs to src/schema, so that who imports "." does not load it.' };
const zodNamed = {
  selector:
    "ImportDeclaration[source.value='zod'][importKind!='type'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
  message: 'Write import * as z from "zod": the named import keeps every language of zod in the bundle.',
};
const fastCheck = { regex: "^(fast-check|@fast-check)(/|$)", message: "fast-check belongs to src/testing." };
const host = { regex: "^node:", message: "src does no input or output." };
const ownName = { regex: "^ordercycle(/|$)", message: "Inside the package, import the file." };
const imports = (...patterns) => ["error", { patterns: [host, ownName, ...patterns] }];

const everywhere = [
  { selector: "ExportDefaultDeclaration", message: "Named exports only." },
  { selector: "TSEnumDeclaration", message: "A union of literals is plain data; an enum is not." },
];
const localGetters = {
  selector:
    "CallExpression > MemberExpression.callee[property.name=/^(get|set)(Date|Day|FullYear|Year|Hours|Minutes|Seconds|Milliseconds|Month|TimezoneOffset)$/]",
  message: "This reads the time zone of the host.",
};
const looseNumbers = [
  {
    selector: "CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/]",
    message: "Amounts and quantities stay decimal text; convert through core/decimal.",
  },
  {
    selector: "CallExpression[callee.object.name='Number'][callee.property.name=/^parse/]",
    message: "Amounts and quantities stay decimal text; convert through core/decimal.",
  },
  {
    selector: "CallExpression > MemberExpression.callee[property.name='toNumber']",
    message: "Amounts and quantities stay decimal text; convert through core/decimal.",
  },
];
const reExports = [
  { selector: "ExportAllDeclaration", message: "Only the five entry points re-export." },
  { selector: "ExportNamedDeclaration[source]", message: "Only the five entry points re-export." },
];
const pure = [
  ...everywhere,
  zodNamed,
  { selector: "ClassDeclaration, ClassExpression", message: "Data and functions, no classes." },
  {
    selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind!='const']",
    message: "State in a module outlives the call.",
  },
  {
    selector:
      ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly(Map|Set)$/]) > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet)$/]",
    message: "State in a module outlives the call; a lookup table is a ReadonlyMap or a ReadonlySet.",
  },
  {
    selector: "NewExpression[callee.name=/^(Date|TZDate|UTCDate)$/][arguments.length=0]",
    message: "This reads the clock.",
  },
  { selector: "CallExpression[callee.name='Date']", message: "This reads the clock." },
  {
    selector: "CallExpression[callee.object.name='TZDate'][callee.property.name='tz'][arguments.length<2]",
    message: "This reads the clock.",
  },
  {
    selector: "MemberExpression[property.name=/^(localeCompare|toLocale\\w*)$/]",
    message: "The order and the look of text must not depend on the language of the host.",
  },
  { selector: "ImportExpression", message: "src loads everything at once." },
  { selector: "AwaitExpression, :function[async=true]", message: "Every function of src answers at once." },
  {
    selector: "BinaryExpression[operator='instanceof']:not([right.name=/Error$/])",
    message: "Two copies of a package have two classes: ask the data, not the class.",
  },
  {
    selector:
      "CallExpression[callee.object.name=/^(z|Decimal|DecimalJs)$/][callee.property.name=/^(config|set|random)$/]",
    message: "This changes or uses a setting that the host shares.",
  },
  {
    selector:
      "ExportNamedDeclaration > FunctionDeclaration > Identifier.params > TSTypeAnnotation > TSBooleanKeyword, ExportNamedDeclaration > FunctionDeclaration > AssignmentPattern.params > Identifier.left > TSTypeAnnotation > TSBooleanKeyword",
    message: "true and false say nothing at the call: take a named option or write two functions.",
  },
];

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "reports/", "docs/api/", ".stryker-tmp/", "node_modules/", "examples/*/dist/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { ordercycle: { rules: { "no-decimal-operators": noDecimalOperators } } },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
      "no-restricted-syntax": ["error", ...everywhere],
      "ordercycle/no-decimal-operators": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      // noUncheckedIndexedAccess makes every array read "maybe undefined"; `!` marks where the loop proves it is not.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      // Saying a default aloud can help a reader.
      "@typescript-eslint/no-unnecessary-type-arguments": "off",
      // A call without types may pass anything: String(value) in a message is not idle.
      "@typescript-eslint/no-unnecessary-type-conversion": "off",
      // An index signature and a Record say the same; the model uses whichever reads better.
      "@typescript-eslint/consistent-indexed-object-style": "off",
      // `for (let index …)` is the shape of the batch loops, which walk several columns at once.
      "@typescript-eslint/prefer-for-of": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all" },
      ],
    },
  },
  {
    // The lists of what is public and of all sentences are as long as that.
    files: [source],
    ignores: ["src/index.ts", "src/messages/en.ts", "src/messages/zh.ts"],
    rules: { "max-lines": ["error", { max: 300 }] },
  },
  {
    files: [source],
    rules: {
      "no-restricted-globals": bannedGlobals(),
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "The time comes in as an argument." },
        { object: "Math", property: "random", message: "Chance comes in as an argument." },
      ],
      "no-restricted-imports": imports(dateFns, decimalJs, zod, fastCheck),
      "no-restricted-syntax": ["error", ...pure, ...reExports, ...looseNumbers, localGetters],
    },
  },
  { files: entryFiles, rules: { "no-restricted-syntax": ["error", ...pure, ...looseNumbers, localGetters] } },
  {
    // core/decimal is one door to several files, so core may re-export by name.
    files: ["src/core/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...pure, reExports[0], localGetters] },
  },
  { files: ["src/core/decimal*.ts"], rules: { "no-restricted-imports": imports(dateFns, zod, fastCheck) } },
  {
    files: timeFiles,
    rules: {
      "no-restricted-globals": bannedGlobals(["Date", "Intl"]),
      "no-restricted-imports": imports(dateFnsRoot, dateFnsClock, decimalJs, zod, fastCheck),
    },
  },
  {
    // A TZDate answers the local getters in its own zone, not in that of the host.
    files: ["src/core/time-zone*.ts"],
    rules: { "no-restricted-syntax": ["error", ...pure, reExports[0]] },
  },
  {
    files: ["src/scheduling/**/*.ts"],
    rules: { "no-restricted-imports": imports(dateFnsRoot, dateFnsClock, decimalJs, zod, fastCheck) },
  },
  {
    files: ["src/schema/**/*.ts"],
    rules: { "no-restricted-imports": imports(dateFns, decimalJs, fastCheck) },
  },
  { files: ["src/testing/**/*.ts"], rules: { "no-restricted-imports": imports(dateFns, decimalJs, zod) } },
  {
    files: ["test/**/*.ts", "scripts/**/*.ts", "examples/**/*.ts", "*.config.ts"],
    rules: {
      // Tests and scripts read JSON of a shape that they know.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='only'], CallExpression[callee.property.name='skip']",
          message: "A test that is set aside, or that sets the others aside, tests nothing.",
        },
        everywhere[1],
      ],
    },
  },
);
