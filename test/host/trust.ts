import { TestAuthority } from './testAuthority';

/** A company's authorities: one named by NODE_EXTRA_CA_CERTS, one among the system's. */
export const EXTRA = 'extra';
export const SYSTEM = 'system';

/**
 * Makes both authorities in a folder, where tests find their keys. What comes back is the environment of a VS Code that
 * trusts them: on Linux Node reads the system's certificates from the file that SSL_CERT_FILE names.
 */
export async function makeTrust(folder: string): Promise<NodeJS.ProcessEnv> {
  for (const name of [EXTRA, SYSTEM]) await TestAuthority.create(name).save(folder);
  return {
    NODE_EXTRA_CA_CERTS: TestAuthority.file(folder, EXTRA),
    SSL_CERT_FILE: TestAuthority.file(folder, SYSTEM),
  };
}
