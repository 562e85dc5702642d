/** An error whose message is a localised sentence that is safe to show. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
