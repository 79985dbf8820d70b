/**
 * Canonical decimal text is a string to the language: `a > b` compares letters and `a + b` glues them together.
 * The rule finds the mark of `Decimal` (a property of the literal type "Decimal") in an operand's type, so it sees
 * through aliases, unions and narrowing.
 */
const ORDERING = new Set(["<", ">", "<=", ">="]);
const ARITHMETIC = new Set(["+", "-", "*", "/", "%", "**"]);

function isDecimalType(type) {
  if (type.isUnion()) return type.types.some(isDecimalType);
  if (!type.isIntersection()) return false;
  return type.types.some((part) =>
    part.getProperties().some(({ valueDeclaration }) => valueDeclaration?.type?.getText() === '"Decimal"'),
  );
}

function isTextOnly(type) {
  if (type.isUnion()) return type.types.every(isTextOnly);
  return !isDecimalType(type) && (type.isStringLiteral() || type.intrinsicName === "string");
}

/** @type {import("eslint").Rule.RuleModule} */
export const noDecimalOperators = {
  meta: {
    type: "problem",
    docs: { description: "Forbid operators that take decimal text for ordinary text" },
    messages: {
      ordering: '`{{operator}}` compares decimal text letter by letter ("10" < "9"): use compare(a, b).',
      arithmetic: "`{{operator}}` does not calculate with decimal text: use add, subtract, multiply, divide or negate.",
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const typeOf = (node) => services.getTypeAtLocation(node);

    function checkBinary(node, operator, left, right) {
      const ordering = ORDERING.has(operator);
      if (!ordering && !ARITHMETIC.has(operator)) return;
      const types = [typeOf(left), typeOf(right)];
      if (!types.some(isDecimalType)) return;
      // "total: " + amount builds a sentence; that is what text is for.
      if (operator === "+" && types.some(isTextOnly)) return;
      context.report({ node, messageId: ordering ? "ordering" : "arithmetic", data: { operator } });
    }

    return {
      BinaryExpression(node) {
        checkBinary(node, node.operator, node.left, node.right);
      },
      AssignmentExpression(node) {
        if (node.operator.length > 1 && node.operator.endsWith("=")) {
          checkBinary(node, node.operator.slice(0, -1), node.left, node.right);
        }
      },
      UnaryExpression(node) {
        if ((node.operator === "-" || node.operator === "+") && isDecimalType(typeOf(node.argument))) {
          context.report({ node, messageId: "arithmetic", data: { operator: node.operator } });
        }
      },
      "CallExpression[callee.property.name=/^(sort|toSorted)$/][arguments.length=0]"(node) {
        const elements = services.program.getTypeChecker().getTypeArguments(typeOf(node.callee.object));
        if (elements.some(isDecimalType)) {
          context.report({ node, messageId: "ordering", data: { operator: `${node.callee.property.name}()` } });
        }
      },
    };
  },
};
