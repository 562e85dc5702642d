import { isLoopbackHost } from '../destination';
import type { ErrorSentence } from './sentence';

/** Node's codes for a certificate of a CA it does not know: "TLS/SSL concepts, X509 certificate error codes". */
const UNTRUSTED_CODES = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
] as const;

const UNTRUSTED: ErrorSentence = {
  what: 'The certificate of {0} comes from a CA that this machine does not trust.',
  fix: 'A company proxy that opens https does this: install its root certificate in the operating system and reload the window.',
  fixes: ['proxySettings', 'diagnose'],
};
const WRONG_DATE: ErrorSentence = {
  what: "The certificate of {0} is not valid on this machine's date.",
  fix: 'Look at the clock of this machine first; where it is right, ask whoever runs the server or the proxy.',
  fixes: ['diagnose'],
};
const NO_WAY: ErrorSentence = {
  what: 'There is no way from this machine to {0}.',
  fix: 'Check the network and the VPN.',
  fixes: ['diagnose', 'proxySettings'],
};
const CUT_OFF: ErrorSentence = {
  what: 'The connection to {0} was cut off.',
  fix: 'Check again; where it stays, a proxy, a VPN or a firewall may cut it.',
  fixes: ['diagnose', 'proxySettings'],
};

/** Sentences by the code of what kept a call from its server: Node's own, and those of base/net/proxyFailure. */
export const NETWORK_SENTENCES: Readonly<Record<string, ErrorSentence>> = {
  ENOTFOUND: {
    what: 'The host {0} could not be found.',
    fix: 'Check the region or endpoint, and whether this machine has a network and a DNS server that knows the host.',
    fixes: ['editInstance', 'diagnose', 'proxySettings'],
  },
  EAI_AGAIN: {
    what: 'No DNS server answered, so the host {0} could not be looked up.',
    fix: 'Check the network and the VPN, then check again.',
    fixes: ['diagnose', 'proxySettings'],
  },
  ECONNREFUSED: {
    what: 'Nothing accepts connections at {0}.',
    fix: 'Check the endpoint and its port; a firewall may refuse them too.',
    fixes: ['editInstance', 'diagnose', 'proxySettings'],
  },
  ECONNRESET: CUT_OFF,
  EPIPE: CUT_OFF,
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  ETIMEDOUT: {
    what: 'No connection to {0} came about in time.',
    fix: 'Check the network; a firewall may drop what goes there, and a proxy may be needed.',
    fixes: ['diagnose', 'proxySettings'],
  },
  ...Object.fromEntries(UNTRUSTED_CODES.map((code) => [code, UNTRUSTED])),
  CERT_HAS_EXPIRED: WRONG_DATE,
  CERT_NOT_YET_VALID: WRONG_DATE,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'The certificate that answered is not one of {0}.',
    fix: 'Check the endpoint; a captive portal or a proxy may be in between.',
    fixes: ['editInstance', 'proxySettings', 'diagnose'],
  },
  EPROTO: {
    what: 'What answers at {0} does not speak TLS as it should.',
    fix: 'Check the endpoint and its port; a proxy may be in between.',
    fixes: ['editInstance', 'proxySettings', 'diagnose'],
  },
  ProxyAuthenticationRequired: {
    what: 'The proxy asks for a user name and a password, so nothing got to {0}.',
    fix: 'Check what VS Code has for this proxy, or ask whoever runs it.',
    fixes: ['proxySettings', 'diagnose'],
  },
  ProxyRefused: {
    what: 'The proxy did not connect to {0}.',
    fix: 'Ask whoever runs the proxy to allow this host, or name the host in "http.noProxy".',
    fixes: ['proxySettings', 'diagnose'],
  },
  ProxyUnreachable: {
    what: 'The proxy could not be reached, so nothing got to {0}.',
    fix: 'Check the address of the proxy in "http.proxy" or in the environment, and the VPN.',
    fixes: ['proxySettings', 'diagnose'],
  },
};

/** For codes that are not named here, and where nobody knows who was asked. */
export const UNREACHABLE: ErrorSentence = {
  what: 'The endpoint could not be reached.',
  fix: 'Check the network, the proxy and the region or endpoint.',
  fixes: ['diagnose', 'proxySettings', 'editInstance'],
};

/** Where a loopback endpoint refuses, it is a local instance, and none runs there. */
export const NO_LOCAL_INSTANCE: ErrorSentence = {
  what: 'Nothing runs at {0} on this machine.',
  fix: 'Start the local instance, or the program that listens there.',
  fixes: ['startLocal', 'editInstance'],
};

/** The sentence of a network code, for the host that was asked. */
export function networkSentence(code: string, host: string | undefined): ErrorSentence {
  if (host === undefined) return UNREACHABLE;
  if (code === 'ECONNREFUSED' && isLoopbackHost(host)) return NO_LOCAL_INSTANCE;
  return (Object.hasOwn(NETWORK_SENTENCES, code) ? NETWORK_SENTENCES[code] : undefined) ?? UNREACHABLE;
}
