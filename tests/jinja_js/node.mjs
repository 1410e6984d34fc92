// Calls exported functions of modules for a test. One line of JSON in, one out:
// {"module": "/path.js", "name": "render", "arguments": […]} -> {"value": …} | {"error": "…"} | {"broken": "…"}
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

async function answer({ module, name, arguments: given }) {
  let loaded;
  try {
    loaded = await import(pathToFileURL(module));
  } catch (error) {
    return { broken: String(error) };
  }
  try {
    return { value: await loaded[name](...given) };
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
