// The thread in which a user's own patterns run: the only way to end a regular expression that would run for ever.
import { parentPort } from 'node:worker_threads';
import { PATTERN_FLAGS } from '../../model/clientIds/clientIdPatterns';
import { findByPatterns } from '../../model/clientIds/findClientIds';
import type { PatternQuestion, PatternReply } from './patternSearch';

const reply = (message: PatternReply): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ source, text }: PatternQuestion) => {
  reply({ kind: 'found', found: findByPatterns(text, [new RegExp(source, PATTERN_FLAGS)]) });
});
reply({ kind: 'ready' });
