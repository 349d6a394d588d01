// A host of the module in JavaScript: lists the symptoms that a message leads to, and the first step.
//
//   node examples/wasm/host.mjs examples/wasm/target/wasm32-unknown-unknown/release/faqc_wasm.wasm target/faq/table.json 送信に失敗しました
import { readFile } from "node:fs/promises";

const [module, table, message] = process.argv.slice(2);
const wasm = (await WebAssembly.instantiate(await readFile(module))).instance.exports;

function call(name, text) {
  const bytes = new TextEncoder().encode(text);
  const place = wasm.reserve(bytes.length);
  new Uint8Array(wasm.memory.buffer).set(bytes, place);
  const answer = BigInt.asUintN(64, wasm[name](place, bytes.length));
  const [from, length] = [Number(answer >> 32n), Number(answer & 0xffffffffn)];
  const json = new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, from, length));
  wasm.release(from, length);
  return JSON.parse(json);
}

console.log(call("load", await readFile(table, "utf8")));
const { hits, decided } = call("find", message ?? "");
console.log(hits);
if (decided !== null) {
  console.log(call("next", JSON.stringify({ event: { event: "choose", symptom: decided } })));
} else if (hits.length > 0) {
  console.log("The text does not decide, so ask which of these it is:", hits.filter((hit, at) => at === 0 || hit.rival));
}
