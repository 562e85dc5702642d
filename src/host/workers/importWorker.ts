// The thread in which files to import are read: a large one would hold up every extension otherwise.
import { parentPort } from 'node:worker_threads';
import { sortOut } from '../../model/clientIds/parseClientIds';
import { ReadFile } from '../../model/import/readFile';
import type { ImportQuestion, ImportReply } from './importReader';

let file: ReadFile | undefined;

function answer(question: ImportQuestion): ImportReply {
  switch (question.kind) {
    case 'read':
      file = ReadFile.of(question.bytes, question.fileName);
      return { kind: 'read', overview: file.overview };
    case 'text':
      return { kind: 'text', text: file?.text ?? '' };
    case 'sort': {
      const { texts, column, groupId, known } = question;
      const sorted = sortOut(texts ?? file?.texts(column) ?? [], { groupId, known: new Set(known) });
      return { kind: 'sorted', sorted };
    }
  }
}

const reply = (message: ImportReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (question: ImportQuestion) => reply(answer(question)));
reply({ kind: 'ready' });
