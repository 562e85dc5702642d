export type LocalInstanceProblem = 'portInUse' | 'didNotStart' | 'stopped' | 'badClient';

/** Why the local instance could not do what it was told. */
export class LocalInstanceError extends Error {
  override readonly name = 'LocalInstanceError';

  constructor(
    readonly reason: LocalInstanceProblem,
    /** The port or client ID it is about. */
    readonly about = '',
  ) {
    super(about === '' ? reason : `${reason}: ${about}`);
  }
}
