import ts from "typescript";

/** What a text says when it is a literal: JSON, or the same with bare keys, `undefined` and a trailing comma. */
export type Literal = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const WRONG: Literal = { ok: false };

/** Reads a literal without running it. */
export function readLiteral(text: string): Literal {
  const file = ts.createSourceFile("literal.ts", `(${text}\n)`, ts.ScriptTarget.ES2022, true);
  const [statement] = file.statements;
  const faults = (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics;
  if (
    faults.length > 0 ||
    file.statements.length !== 1 ||
    statement === undefined ||
    !ts.isExpressionStatement(statement)
  ) {
    return WRONG;
  }
  return valueOf(statement.expression);
}

function valueOf(node: ts.Expression): Literal {
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return { ok: true, value: node.text };
  if (ts.isNumericLiteral(node)) return { ok: true, value: Number(node.text) };
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken &&
    ts.isNumericLiteral(node.operand)
  ) {
    return { ok: true, value: -Number(node.operand.text) };
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { ok: true, value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { ok: true, value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { ok: true, value: null };
  if (ts.isIdentifier(node) && node.text === "undefined") return { ok: true, value: undefined };
  if (ts.isArrayLiteralExpression(node)) return listOf(node);
  if (ts.isObjectLiteralExpression(node)) return recordOf(node);
  return WRONG;
}

function listOf(node: ts.ArrayLiteralExpression): Literal {
  const values: unknown[] = [];
  for (const element of node.elements) {
    const value = valueOf(element);
    if (!value.ok) return WRONG;
    values.push(value.value);
  }
  return { ok: true, value: values };
}

function recordOf(node: ts.ObjectLiteralExpression): Literal {
  const entries: [string, unknown][] = [];
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return WRONG;
    const value = valueOf(property.initializer);
    if (!value.ok) return WRONG;
    entries.push([property.name.text, value.value]);
  }
  return { ok: true, value: Object.fromEntries(entries) };
}
