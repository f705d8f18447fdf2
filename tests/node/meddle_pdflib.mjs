// node meddle_pdflib.mjs IN.pdf TYPED.json OUT.pdf: change a form itself with pdf-lib, as a curious sender may.
// TYPED: {"field name": "text" for a read-only text | "remove" | "tick" to put a tick in its place | "add" a new field}.
import { readFileSync, writeFileSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';

const [input, typed, output] = process.argv.slice(2);
const document = await PDFDocument.load(readFileSync(input));
const form = document.getForm();
const page = document.getPages()[0];
for (const [name, what] of Object.entries(JSON.parse(readFileSync(typed, 'utf8')))) {
  if (what === 'add') {
    const field = form.createTextField(name);
    field.setText('a field of our own');
    field.addToPage(page, { x: 300, y: 30, width: 100, height: 16 });
    continue;
  }
  const field = form.getField(name);
  if (what === 'remove') form.removeField(field);
  else if (what === 'tick') {
    form.removeField(field);
    const tick = form.createCheckBox(name);
    tick.addToPage(page, { x: 300, y: 60, width: 10, height: 10 });
    tick.check();
  } else field.setText(what);
}
writeFileSync(output, await document.save({ updateFieldAppearances: false }));
