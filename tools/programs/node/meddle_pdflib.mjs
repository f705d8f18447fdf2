// node meddle_pdflib.mjs IN.pdf TYPED.json OUT.pdf: change a form itself with pdf-lib, as a curious sender may.
// TYPED: {"field name": "text" for a read-only text | "remove" | "tick" to put a tick in its place | "add" a new field},
// "draw": [[page, x, y, "words" | [x, y]]] for words or a line on a page itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';

const [input, typed, output] = process.argv.slice(2);
const document = await PDFDocument.load(readFileSync(input));
const form = document.getForm();
const page = document.getPages()[0];
for (const [name, what] of Object.entries(JSON.parse(readFileSync(typed, 'utf8')))) {
  if (name === 'draw') { // onto the page itself: words at a point, or a line from one to another
    for (const [number, x, y, said] of what) {
      const drawn = document.getPages()[number - 1];
      if (typeof said === 'string') drawn.drawText(said, { x, y, size: 9 });
      else drawn.drawLine({ start: { x, y }, end: { x: said[0], y: said[1] }, thickness: 1.5 });
    }
    continue;
  }
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
