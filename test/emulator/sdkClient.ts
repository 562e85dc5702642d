import { OpenApiClient, type OpenApiClientParts } from '../../src/api/openApiClient';
import { LOCAL_KEY } from '../../src/emulator/localKeys';
import { destination } from '../../src/model/destination';

/** The real SDK behind the client, with the same key whatever the credential is called. */
export function sdkClient(key = LOCAL_KEY, parts: Partial<OpenApiClientParts> = {}): OpenApiClient {
  return new OpenApiClient({
    credential: () => Promise.resolve(key),
    destination,
    loadSdk: () => import('../../src/api/openApiSdk'),
    deadlineMs: 3000,
    ...parts,
  });
}
