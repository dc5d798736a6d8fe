// What an origin keeps beside its cookies, as text and back: localStorage, sessionStorage, IndexedDB.
//
// Runs in a world of its own, where the page's scripts see and change nothing of it. The text is JSON
// in which every array is a tagged value, so that what JSON has no word for comes back as it was;
// each record has a table of its objects, so that cycles and shared parts do too. What cannot be
// carried is counted, never half written. Must leave every database of the page as it was.
globalThis.kioskStorage ??= (() => {
  "use strict";

  const VERSION = 1;
  const BATCH = 100; // records read at once: what may lie in memory beyond the limit
  const BOXED = /^(Boolean|Number|String|BigInt)$/;

  class Bound extends Error {} // a key that never leaves this browser
  class Strange extends Error {} // something this text has no word for
  class TooLarge extends Error {}

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  function base64(bytes) {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 0x8000)
      parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
    return btoa(parts.join(""));
  }

  const bytesOf = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

  // A value as JSON. `ids` is the table of its record; `later` what takes a promise to find out.
  function encode(value, ids, later) {
    if (value === null) return null;
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "undefined":
        return ["u"];
      case "bigint":
        return ["i", String(value)];
      case "number":
        if (Object.is(value, -0)) return ["n", "-0"];
        return Number.isFinite(value) ? value : ["n", String(value)];
    }
    if (ids.has(value)) return ["r", ids.get(value)];
    ids.set(value, ids.size);
    const within = (each) => encode(each, ids, later);
    if (ArrayBuffer.isView(value)) {
      const length = value instanceof DataView ? value.byteLength : value.length;
      return ["t", value.constructor.name, within(value.buffer), value.byteOffset, length];
    }
    if (Array.isArray(value)) {
      const keys = Object.keys(value);
      if (keys.length === value.length && keys.every((key, at) => key === String(at)))
        return ["a", ...value.map(within)];
      return ["A", value.length, ...keys.flatMap((key) => [key, within(value[key])])];
    }
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (BOXED.test(kind)) return ["w", encode(value.valueOf(), ids, later)];
    switch (kind) {
      case "Object":
        return ["o", ...Object.keys(value).flatMap((key) => [key, within(value[key])])];
      case "Date":
        return ["d", within(value.getTime())];
      case "RegExp":
        return ["x", value.source, value.flags];
      case "Map":
        return ["m", ...[...value].flatMap(([key, each]) => [within(key), within(each)])];
      case "Set":
        return ["s", ...[...value].map(within)];
      case "ArrayBuffer":
        return ["y", base64(new Uint8Array(value))];
      case "Error": {
        const more = ["stack", "cause"].filter((each) => Object.hasOwn(value, each));
        return ["e", value.name, value.message, ...more.flatMap((each) => [each, within(value[each])])];
      }
      case "Blob":
      case "File": {
        const node = ["b", value.type, ""];
        if (kind === "File") node.push(value.name, value.lastModified);
        later.push({
          size: Math.ceil(value.size / 3) * 4,
          run: async () => (node[2] = base64(new Uint8Array(await value.arrayBuffer()))),
        });
        return node;
      }
      case "CryptoKey": {
        if (!value.extractable) throw new Bound();
        const node = ["k", "", encode(value.algorithm, new Map(), later), ["a", ...value.usages]];
        later.push({
          size: 2000,
          run: async () => (node[1] = JSON.stringify(await crypto.subtle.exportKey("jwk", value))),
        });
        return node;
      }
    }
    throw new Strange();
  }

  // Every key of these databases made again, by the array that stands for it.
  async function imported(databases) {
    const keys = new Map();
    // A record is no value itself: its key, a text, would be taken for a tag.
    const stores = databases.flatMap((each) => each.stores);
    const left = stores.flatMap(({ records }) => records.flat());
    while (left.length) {
      const each = left.pop();
      if (each === null || typeof each !== "object") continue;
      if (each[0] !== "k") for (const part of each) left.push(part);
      else {
        const algorithm = decode(each[2], [], keys);
        const jwk = JSON.parse(each[1]);
        keys.set(each, await crypto.subtle.importKey("jwk", jwk, algorithm, true, each[3].slice(1)));
      }
    }
    return keys;
  }

  // What was encoded. An object's place in `table` is taken before its parts are looked at, as above.
  function decode(node, table, keys) {
    if (!Array.isArray(node)) return node;
    const [tag, first, ...more] = node;
    if (tag === "u") return undefined;
    if (tag === "i") return BigInt(first);
    if (tag === "n") return Number(first);
    if (tag === "r") return table[first];
    const place = table.push(undefined) - 1;
    const within = (each) => decode(each, table, keys);
    const made = (value) => (table[place] = value);
    const pairs = (parts, take) => {
      for (let at = 0; at < parts.length; at += 2) take(parts[at], parts[at + 1]);
    };
    // A key may be `__proto__`: it is defined, not set.
    const gives = (target) => (key, each) =>
      Object.defineProperty(target, key, {
        value: within(each),
        configurable: true,
        enumerable: true,
        writable: true,
      });
    switch (tag) {
      case "t":
        return made(new globalThis[first](within(more[0]), more[1], more[2]));
      case "a": {
        const array = made([]);
        for (const each of node.slice(1)) array.push(within(each));
        return array;
      }
      case "A": {
        const array = made(new Array(first));
        pairs(more, gives(array));
        return array;
      }
      case "w":
        return made(Object(within(first)));
      case "o": {
        const object = made({});
        pairs(node.slice(1), gives(object));
        return object;
      }
      case "d":
        return made(new Date(within(first)));
      case "x":
        return made(new RegExp(first, more[0]));
      case "m": {
        const map = made(new Map());
        pairs(node.slice(1), (key, each) => {
          const decoded = within(key);
          map.set(decoded, within(each));
        });
        return map;
      }
      case "s": {
        const set = made(new Set());
        for (const each of node.slice(1)) set.add(within(each));
        return set;
      }
      case "y":
        return made(bytesOf(first).buffer);
      case "e": {
        const kind = /^(Eval|Range|Reference|Syntax|Type|URI)Error$/.test(first) ? first : "Error";
        const error = made(new globalThis[kind](more[0]));
        pairs(more.slice(1), (key, each) =>
          Object.defineProperty(error, key, { value: within(each), configurable: true, writable: true }),
        );
        return error;
      }
      case "b": {
        const [data, name, lastModified] = more;
        if (name === undefined) return made(new Blob([bytesOf(data)], { type: first }));
        return made(new File([bytesOf(data)], name, { type: first, lastModified }));
      }
      case "k":
        return made(keys.get(node));
    }
    throw new Strange();
  }

  // One snapshot in the making: how much room is left, and what could not be carried.
  class Snapshot {
    constructor(limit) {
      this.left = limit;
      this.boundKeys = 0;
      this.strange = 0;
      this.later = [];
    }

    spend(size) {
      this.left -= size;
      if (this.left < 0) throw new TooLarge();
    }

    record(key, value) {
      const later = [];
      try {
        const node = [encode(key, new Map(), later), encode(value, new Map(), later)];
        this.spend(JSON.stringify(node).length + later.reduce((sum, each) => sum + each.size, 0));
        this.later.push(...later);
        return [node];
      } catch (error) {
        if (error instanceof TooLarge) throw error;
        if (error instanceof Bound) this.boundKeys += 1;
        else this.strange += 1;
        return [];
      }
    }

    // Blobs and keys, once no transaction waits for it.
    async finish() {
      for (const each of this.later.splice(0)) await each.run();
    }
  }

  function pairsOf(storage, snapshot) {
    const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at)).sort();
    return keys.map((key) => {
      const pair = [key, storage.getItem(key)];
      snapshot.spend(JSON.stringify(pair).length);
      return pair;
    });
  }

  // The database as it is; null where it was deleted meanwhile. An upgrade waits until it is read.
  function opened(name) {
    return new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => request.transaction.abort();
      request.onerror = (event) => {
        event.preventDefault();
        resolve(null);
      };
      request.onsuccess = () => resolve(request.result);
    });
  }

  // The number that a store would give next: asked for, and taken back by the abort.
  function nextNumber(db, name) {
    return new Promise((resolve) => {
      let number = 1;
      const transaction = db.transaction(name, "readwrite");
      transaction.onabort = () => resolve(number);
      transaction.oncomplete = () => resolve(number);
      const store = transaction.objectStore(name);
      const request = store.add(store.keyPath === null ? 0 : {});
      request.onsuccess = () => {
        number = request.result;
        transaction.abort();
      };
      request.onerror = (event) => event.preventDefault();
    });
  }

  async function recordsOf(store, snapshot) {
    const records = [];
    let range = null;
    for (;;) {
      const [keys, values] = await Promise.all([
        asked(store.getAllKeys(range, BATCH)),
        asked(store.getAll(range, BATCH)),
      ]);
      keys.forEach((key, at) => records.push(...snapshot.record(key, values[at])));
      if (keys.length < BATCH) return records;
      range = IDBKeyRange.lowerBound(keys.at(-1), true);
    }
  }

  async function databaseOf(db, snapshot) {
    const names = [...db.objectStoreNames];
    const stores = [];
    const transaction = names.length ? db.transaction(names, "readonly") : null;
    for (const name of names) {
      const store = transaction.objectStore(name);
      const { keyPath, autoIncrement } = store;
      const indexes = [...store.indexNames].map((each) => {
        const { name, keyPath, unique, multiEntry } = store.index(each);
        return { name, keyPath, unique, multiEntry };
      });
      const records = await recordsOf(store, snapshot);
      stores.push({ name, keyPath, autoIncrement, next: 1, indexes, records });
    }
    for (const each of stores) if (each.autoIncrement) each.next = await nextNumber(db, each.name);
    return { name: db.name, version: db.version, stores };
  }

  async function databases(snapshot) {
    const found = [];
    const known = (await indexedDB.databases()).map((each) => each.name).sort();
    for (const name of known) {
      const db = await opened(name);
      if (db === null) continue;
      try {
        found.push(await databaseOf(db, snapshot));
      } finally {
        db.close();
      }
    }
    return found;
  }

  async function take(limit) {
    const snapshot = new Snapshot(limit);
    const told = { origin: self.origin, text: "", tooLarge: false };
    try {
      const local = pairsOf(localStorage, snapshot);
      const session = pairsOf(sessionStorage, snapshot);
      const found = await databases(snapshot);
      await snapshot.finish();
      told.text = JSON.stringify({ version: VERSION, local, session, databases: found });
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      told.tooLarge = true;
    }
    return { ...told, boundKeys: snapshot.boundKeys, strange: snapshot.strange };
  }

  // Set a key so that the next number is as it was: the highest may have been deleted since.
  function countOn(store, next) {
    const key = next - 1;
    if (key < 1) return;
    const check = store.getKey(key);
    check.onsuccess = () => {
      if (check.result !== undefined) return;
      if (store.keyPath === null) store.put(0, key);
      else {
        const record = {};
        const names = store.keyPath.split(".");
        const last = names.pop();
        let place = record;
        for (const name of names) place = place[name] = {};
        place[last] = key;
        store.put(record);
      }
      store.delete(key);
    };
  }

  function build(database, keys) {
    const stores = database.stores.map((store) => ({
      ...store,
      records: store.records.map((record) => record.map((each) => decode(each, [], keys))),
    }));
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(database.name, database.version);
      request.onupgradeneeded = () => {
        for (const { name, keyPath, autoIncrement, next, indexes, records } of stores) {
          const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
          for (const index of indexes) store.createIndex(index.name, index.keyPath, index);
          for (const [key, value] of records)
            if (keyPath === null) store.put(value, key);
            else store.put(value);
          if (autoIncrement) countOn(store, next);
        }
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => resolve(request.result.close());
    });
  }

  async function put(text, session) {
    const told = JSON.parse(text);
    if (told.version !== VERSION) return { put: false };
    for (const [key, value] of told.local) localStorage.setItem(key, value);
    if (session) for (const [key, value] of told.session) sessionStorage.setItem(key, value);
    const keys = await imported(told.databases);
    for (const database of told.databases) await build(database, keys);
    return { put: true };
  }

  const answers = new Map();
  const calls = { take, put };

  return {
    begin(ticket, call, ...given) {
      answers.set(ticket, null);
      calls[call](...given).then(
        (answer) => answers.set(ticket, answer),
        () => answers.set(ticket, { failed: true }),
      );
    },
    // What came of it, as JSON; empty while it goes on. The engine hands out letters and numbers only.
    answer(ticket) {
      const answer = answers.get(ticket);
      if (answer === null) return "";
      return JSON.stringify({ ...answer, text: undefined });
    },
    // And its text: it is fetched once, without being written as JSON twice.
    text(ticket) {
      const { text = "" } = answers.get(ticket) ?? {};
      answers.delete(ticket);
      return text;
    },
  };
})();
