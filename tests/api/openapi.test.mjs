// www/openapi.yaml against the route tables that the programs print, in both directions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parts, routes } from '../harness/stack.mjs';

const source = readFileSync(path.join(parts.root, 'www/openapi.yaml'), 'utf8');
const description = parse(source);
const methods = ['get', 'post', 'put', 'patch', 'delete'];

const described = Object.entries(description.paths).flatMap(([address, item]) =>
	methods.filter((method) => method in item).map((method) => ({
		key: `${method.toUpperCase()} ${address}`,
		address,
		method,
		operation: item[method],
		parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolved),
	})),
);
const served = routes().map((route) => ({
	key: `${route.method} /${route.program}${route.pattern.replace(/[:*](\w+)/g, '{$1}')}`,
	access: route.access,
}));

function resolved(node) {
	return node.$ref === undefined ? node : resolved(follow(node.$ref));
}

function follow(reference) {
	assert.match(reference, /^#\//, `${reference} is in this document`);
	let node = description;
	for (const name of reference.slice(2).split('/')) node = node?.[name];
	assert.ok(node, `${reference} exists`);
	return node;
}

/** Every object in the document, with where it is. */
function* nodes(value, where = '#') {
	if (value === null || typeof value !== 'object') return;
	yield [value, where];
	for (const [key, child] of Object.entries(value)) yield* nodes(child, `${where}/${key}`);
}

test('is OpenAPI 3.1', () => {
	assert.match(description.openapi, /^3\.1\.\d+$/);
	assert.ok(description.info.title && description.info.version);
	assert.deepEqual(description.servers.map((server) => server.url), ['/api/v1']);
});

test('describes every route, and none that does not exist', () => {
	assert.deepEqual(
		described.map((one) => one.key).sort(),
		served.map((one) => one.key).sort(),
	);
});

test('says rightly which routes are open to everybody', () => {
	for (const { key, access } of served) {
		const { operation } = described.find((one) => one.key === key);
		const open = operation.security !== undefined && operation.security.length === 0;
		assert.equal(open ? 'PUBLIC' : 'USER', access, key);
	}
});

test('every route has a name of its own, a summary, parameters for its path, answers', () => {
	const names = described.map(({ operation }) => operation.operationId);
	assert.equal(new Set(names).size, names.length, 'operationIds are unique');
	for (const { key, address, operation, parameters } of described) {
		assert.ok(operation.operationId && operation.summary, key);
		const inPath = parameters.filter((one) => one.in === 'path');
		assert.deepEqual(
			inPath.map((one) => one.name).sort(),
			[...address.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort(),
			key,
		);
		for (const parameter of parameters) assert.ok(parameter.schema, `${key}: ${parameter.name}`);
		for (const parameter of inPath) assert.equal(parameter.required, true, `${key}: ${parameter.name}`);
		const statuses = Object.keys(operation.responses);
		assert.ok(statuses.some((status) => /^20\d$/.test(status)), `${key}: a success`);
		assert.ok(statuses.includes('503'), `${key}: the database may be away`);
		if (operation.security === undefined) assert.ok(statuses.includes('401'), `${key}: 401`);
	}
});

test('every answer but 204 and 304 has a schema; failures are problems', () => {
	for (const { key, operation } of described) {
		for (const [status, answer] of Object.entries(operation.responses)) {
			const { content, description: words } = resolved(answer);
			assert.ok(words, `${key} ${status}: says when`);
			if (['204', '304'].includes(status)) {
				assert.equal(content, undefined, `${key} ${status} is empty`);
				continue;
			}
			const health = key.endsWith('/health');
			const type = Number(status) < 400 || health ? 'application/json' : 'application/problem+json';
			const bytes = Number(status) < 400 && content?.['*/*']?.schema.format === 'binary';
			assert.ok(bytes || content?.[type]?.schema, `${key} ${status}: a schema for ${type}`);
		}
	}
});

test('every reference leads somewhere, every component is used', () => {
	const used = new Set();
	for (const [node] of nodes(description)) {
		if (typeof node.$ref === 'string') {
			follow(node.$ref);
			used.add(node.$ref);
		}
	}
	for (const [kind, components] of Object.entries(description.components)) {
		if (kind === 'securitySchemes') continue;
		for (const name of Object.keys(components))
			assert.ok(used.has(`#/components/${kind}/${name}`), `${kind}/${name} is used`);
	}
});

test('what is required is described', () => {
	for (const [node, where] of nodes(description)) {
		if (!Array.isArray(node.required) || node.properties === undefined) continue;
		for (const name of node.required) assert.ok(name in node.properties, `${where}: ${name}`);
	}
});

test('knows exactly the failures that the programs know', () => {
	const table = readFileSync(path.join(parts.root, 'lib/error.h'), 'utf8');
	const known = [...table.matchAll(/^\tX\(\w+,\s*(\d+),\s*"(\w+)"/gm)].map((match) => match[2]);
	assert.ok(known.length > 20);
	const named = description.components.schemas.Problem.properties.code.enum;
	assert.deepEqual([...named].sort(), known.sort());
});
