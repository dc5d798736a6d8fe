"""Values that a site may store, as scripts, and what each looks like to one who looks closely."""

DESCRIBE = r"""
window.describe = async (value, seen = new Map()) => {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || !["object", "function"].includes(typeof value))
    return typeof value + String(value);
  if (seen.has(value)) return "#" + seen.get(value);
  seen.set(value, seen.size);
  const kind = Object.prototype.toString.call(value);
  const said = [kind];
  const add = async (each) => said.push(await describe(each, seen));
  if (value instanceof Date) said.push(String(value.getTime()));
  else if (value instanceof RegExp) said.push(String(value));
  else if (value instanceof Error) {
    said.push(value.name, value.message, String(value.stack));
    if ("cause" in value) await add(value.cause);
  } else if (value instanceof Blob) {
    const octets = await value.arrayBuffer();
    said.push(value.type, value.name, value.lastModified, await describe(octets));
  }
  else if (value instanceof ArrayBuffer) said.push(new Uint8Array(value).join());
  else if (ArrayBuffer.isView(value)) {
    await add(value.buffer);
    said.push(value.byteOffset, value.byteLength);
  } else if (value instanceof Map) for (const pair of value)
    for (const part of pair) await add(part);
  else if (value instanceof Set) for (const each of value) await add(each);
  else if (value instanceof CryptoKey) {
    const jwk = await crypto.subtle.exportKey("jwk", value);
    said.push(value.type, value.extractable, JSON.stringify([value.usages, value.algorithm, jwk]));
  } else if (value.valueOf() !== value) await add(value.valueOf());
  else {
    said.push(String(value.length));
    for (const key of Object.keys(value)) {
      said.push(JSON.stringify(key));
      await add(value[key]);
    }
  }
  return "(" + said.join(" ") + ")";
};
window.asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
window.openedDatabase = (name, version, build) => {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => build(request.result, request.transaction);
  return asked(request);
};
"""
"""Of the page's own world, and apart from the code that it judges."""

VALUES = {
    "a text of any letters": r"'\ud800 \0 é \u2028 \" \\ </script>'",
    "an empty text": "''",
    "numbers": "[0, -0, 1.5, NaN, Infinity, -Infinity, 2**53, 5e-324]",
    "a long number": "[-(2n ** 70n), 0n]",
    "nothing, twice": "[undefined, null, {a: undefined}]",
    "yes and no": "[true, false]",
    "dates": "[new Date(86400123), new Date(-1), new Date(NaN)]",
    "an expression": "/a(b|\\/)/giu",
    "a map": "new Map([[{a: 1}, new Date(5)], ['x', new Map([[undefined, NaN]])]])",
    "a set": "new Set([1, '1', new Set(), [undefined]])",
    "octets": "new Uint8Array([0, 255, 128, 10]).buffer",
    "typed arrays": "[new Float64Array([NaN, -0, 1 / 3]), new BigInt64Array([2n ** 63n - 1n]),"
    " new Uint8ClampedArray([300]), new Int16Array([-2]), new Float32Array(0)]",
    "a part of octets": "new Uint16Array(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer, 2, 2)",
    "a view of octets": "new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)",
    "shared octets": "(b => [new Uint8Array(b), new Uint8Array(b, 1), b])(new ArrayBuffer(4))",
    "a blob": r"new Blob(['a\xff', new Uint8Array([0, 200])], {type: 'text/x-y'})",
    "a file": "new File(['hello'], 'rx.txt', {type: 'text/plain', lastModified: 12345})",
    "a large blob": "new Blob([new Uint8Array(100001).map((_, at) => at * 7)])",
    "boxes": "[Object(1), Object('x'), Object(true), Object(5n), Object(-0)]",
    "errors": "[new TypeError('no', {cause: [1]}), new Error(''),"
    " Object.assign(new RangeError('x'), {name: 'Odd'})]",
    "an array with holes": "(a => (a[3] = 1, a.length = 9, a))([])",
    "an array with a name": "Object.assign([1, 2], {name: 'x'})",
    "a circle": "(o => (o.self = o, o.list = [o, o.list], o))({list: [1]})",
    "the same twice": "(d => [d, d, new Map([[d, d]])])(new Date(7))",
    "a name that is no name": 'JSON.parse(\'{"__proto__": {"a": 1}, "constructor": 2, "": 3}\')',
    "tags that are none": "[['u'], ['r', 0], {k: ['k', '', {}, []]}, ['b', 'x', 'y']]",
    "deep": "Array.from({length: 200}).reduce(inner => ({inner}), 1)",
    "a key that may leave": "await crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'},"
    " true, ['sign', 'verify'])",
    "another": "await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, true, ['encrypt'])",
    "a third": "await crypto.subtle.generateKey({name: 'RSA-PSS', modulusLength: 1024,"
    " publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256'}, true, ['sign', 'verify'])",
}
