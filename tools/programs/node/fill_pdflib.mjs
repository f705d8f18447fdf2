// node fill_pdflib.mjs IN.pdf TYPED.json OUT.pdf: fill in a form with pdf-lib, as its users do, and save it.
// TYPED: {"field name": "text" | "code of an option" | true | false}. Unknown names are an error.
import { readFileSync, writeFileSync } from 'node:fs';
import { PDFDocument, PDFCheckBox, PDFDropdown, PDFRadioGroup, PDFTextField } from 'pdf-lib';

const [input, typed, output] = process.argv.slice(2);
const document = await PDFDocument.load(readFileSync(input));
const form = document.getForm();
for (const [name, value] of Object.entries(JSON.parse(readFileSync(typed, 'utf8')))) {
  const field = form.getField(name);
  if (field instanceof PDFTextField) field.setText(value);
  else if (field instanceof PDFCheckBox) { if (value) field.check(); else field.uncheck(); }
  else if (field instanceof PDFRadioGroup || field instanceof PDFDropdown) field.select(value);
  else throw new Error(`${name}: ${field.constructor.name} is not filled in here`);
}
// pdf-lib's own appearances know WinAnsi only and throw on other scripts: leave drawing to the viewer, as its users do.
writeFileSync(output, await document.save({ updateFieldAppearances: false }));
