// PouchDB beside us: one process that serves its page and a database in memory. Arguments: where its packages are, a file of texts (JSON).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.argv[2]}/`);
const express = require('express');
const PouchDB = require('pouchdb');
PouchDB.plugin(require('pouchdb-adapter-memory'));

const Memory = PouchDB.defaults({ adapter: 'memory' });
const texts = JSON.parse(readFileSync(process.argv[3], 'utf-8'));
const script = readFileSync(require.resolve('pouchdb/dist/pouchdb.min.js'));
const app = express();
app.get('/', (_, reply) => reply.type('html').send('<!doctype html><script src="/pouchdb.js"></script>'));
app.get('/pouchdb.js', (_, reply) => reply.type('js').send(script));
const settings = { inMemoryConfig: true, logPath: '/dev/null', mode: 'minimumForPouchDB' };
app.use('/db', require('express-pouchdb')(Memory, settings));
const journal = new Memory('journal');
await journal.bulkDocs(texts.map((text, at) => ({ _id: `entry-${at}`, kind: 'entry', text })));
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
