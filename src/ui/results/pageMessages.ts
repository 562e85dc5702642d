import * as v from 'valibot';
import { MOST_CLIENT_IDS } from '../../model/results/checkPlan';
import { EXPORT_FORMATS, type FromPage } from '../../model/results/resultsProtocol';

const checkId = v.number();
const keys = v.pipe(
  v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  v.minLength(1),
  v.maxLength(MOST_CLIENT_IDS),
);

const shape = v.variant('kind', [
  v.strictObject({ kind: v.literal('ready') }),
  v.strictObject({ kind: v.literal('check'), checkId, freshness: v.picklist(['cached', 'verified']), keys }),
  v.strictObject({ kind: v.picklist(['copy', 'save']), checkId, format: v.picklist(EXPORT_FORMATS), keys }),
  v.strictObject({ kind: v.literal('cancel') }),
  v.strictObject({ kind: v.literal('changeInstance') }),
]);

/** Reads a message of the page; undefined for any other. */
export function readPageMessage(message: unknown): FromPage | undefined {
  const parsed = v.safeParse(shape, message);
  return parsed.success ? parsed.output : undefined;
}
