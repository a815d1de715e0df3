// Every answer that the tests see is held against www/openapi.yaml: its status is described for its
// route, its body fits the schema, and it has no member that the description does not know.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { noteAnswer } from './answers.mjs';
import { parts } from './stack.mjs';

const description = parse(readFileSync(path.join(parts.root, 'www/openapi.yaml'), 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'openapi', ...closed(description) });

/** Schemas whose objects have the members that are described and no others.  Components stay open
 * at their top, because allOf puts several together; whoever refers to one closes it. */
function closed(node, open = false) {
	if (Array.isArray(node)) return node.map((one) => closed(one, open));
	if (node === null || typeof node !== 'object') return node;
	const result = {};
	for (const [key, value] of Object.entries(node)) {
		if (key === 'schemas') {
			const entries = Object.entries(value).map(([name, schema]) => [name, closed(schema, true)]);
			result[key] = Object.fromEntries(entries);
		} else result[key] = closed(value, key === 'allOf');
	}
	const object = '$ref' in node || 'allOf' in node || isProperties(node.properties);
	if (object && !open && !('additionalProperties' in node)) result.unevaluatedProperties = false;
	return result;
}

// A member may be called "properties" or "$ref" too; a schema's properties are schemas.
function isProperties(value) {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const templates = Object.entries(description.paths).map(([template, item]) => ({
	template,
	item,
	pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`),
	variables: template.split('{').length - 1,
})).sort((a, b) => a.variables - b.variables);

function operationOf(method, address) {
	const bare = address.split('?')[0];
	const match = templates.find(({ pattern, item }) => pattern.test(bare) && method.toLowerCase() in item);
	return match && { template: match.template, responses: match.item[method.toLowerCase()].responses };
}

function resolved(node) {
	if (node.$ref === undefined) return node;
	return resolved(node.$ref.slice(2).split('/').reduce((place, name) => place[name], description));
}

function itemOf(method, { program, pattern }) {
	const item = description.paths[`/${program}${pattern.replace(/[:*](\w+)/g, '{$1}')}`];
	assert.ok(item?.[method.toLowerCase()], `${method} /${program}${pattern} is described`);
	return item;
}

/** Whether there is anything to get wrong but the path: a body, or something behind the question mark. */
export function takesInput(method, route) {
	const { requestBody } = itemOf(method, route)[method.toLowerCase()];
	return requestBody !== undefined || parametersOf(method, route).length > 0;
}

/** What may stand behind the question mark: [{name, required, schema, …}].
 * @param {string} method
 * @param {{program: string, pattern: string}} route as stack.mjs' routes() names it */
export function parametersOf(method, { program, pattern }) {
	const item = itemOf(method, { program, pattern });
	return [...(item.parameters ?? []), ...(item[method.toLowerCase()].parameters ?? [])]
		.map(resolved).filter((parameter) => parameter.in === 'query');
}

function pointer(template, method, status, type) {
	const escaped = (text) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
	return `openapi#/paths/${escaped(template)}/${method}/responses/${status}/content/${escaped(type)}/schema`;
}

function schemaOf(operation, method, status, type) {
	const answer = operation.responses[status];
	if (answer.$ref === undefined) return pointer(operation.template, method.toLowerCase(), status, type);
	const escaped = encodeURIComponent(type.replaceAll('/', '~1'));
	return `openapi${answer.$ref}/content/${escaped}/schema`;
}

/** Fails when an answer of the programs is not as it is described.
 * @param {string} method
 * @param {string} address below /api/v1, with its query string
 * @param {{status: number, headers: Headers, body: any}} answer */
export function expectDescribed(method, address, { status, headers, body }) {
	const operation = operationOf(method, address);
	if (operation === undefined) return; // no such route
	noteAnswer(method, operation.template, status);
	if (body === null) return; // none, or the web server's own
	const what = `${method} ${operation.template} ${status}`;
	assert.ok(status in operation.responses, `${what} is not described: ${JSON.stringify(body)}`);
	const type = headers.get('content-type').split(';')[0];
	const validate = ajv.getSchema(schemaOf(operation, method, status, type));
	assert.ok(validate, `${what}: no schema for ${type}`);
	assert.ok(validate(body), `${what}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(body)}`);
}
