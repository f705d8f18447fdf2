// node fill_pdfjs.mjs IN.pdf TYPED.json OUT.pdf: fill in a form with pdf.js (the viewer of Firefox) and save it.
// TYPED: {"field name": "text" | "code of an option" | true | false}. Unknown names are an error.
import { readFileSync, writeFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const [input, typed, output] = process.argv.slice(2);
const values = JSON.parse(readFileSync(typed, 'utf8'));
const document = await getDocument({ data: new Uint8Array(readFileSync(input)), verbosity: 0 }).promise;
const seen = new Set();
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  for (const widget of await page.getAnnotations()) {
    const name = widget.fieldName;
    if (!(name in values)) continue;
    seen.add(name);
    const value = values[name];
    if (widget.radioButton) document.annotationStorage.setValue(widget.id, { value: widget.buttonValue === value });
    else document.annotationStorage.setValue(widget.id, { value });
  }
}
for (const name of Object.keys(values)) if (!seen.has(name)) throw new Error(`no field ${name}`);
writeFileSync(output, await document.saveDocument());
