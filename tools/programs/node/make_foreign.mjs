// node make_foreign.mjs OUT.pdf: a small form by pdf-lib that is none of ours.
import { writeFileSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';

const document = await PDFDocument.create();
const page = document.addPage([400, 200]);
page.drawText('Membership of the Sampleton Rowing Club', { x: 20, y: 160, size: 12 });
const name = document.getForm().createTextField('name');
name.setText('Morwenna Brandt');
name.addToPage(page, { x: 20, y: 110, width: 240, height: 20 });
const agreed = document.getForm().createCheckBox('agreed');
agreed.addToPage(page, { x: 20, y: 70, width: 14, height: 14 });
agreed.check();
const now = new Date('2027-02-01T09:00:00Z'); // the same bytes each time
document.setCreationDate(now);
document.setModificationDate(now);
writeFileSync(process.argv[2], await document.save());
