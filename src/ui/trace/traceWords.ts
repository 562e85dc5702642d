import * as vscode from 'vscode';
import type { ApiError } from '../../model/apiError';
import type { ServiceZone } from '../../model/trace/serviceTime';
import type { TraceEventKind } from '../../model/trace/traceStory';
import { errorText } from '../words/failureWords';

const t = vscode.l10n.t;

/** What an event of the record means, and what usually helps. */
export interface EventWords {
  readonly title: string;
  readonly what: string;
  /** Absent where nothing is wrong. */
  readonly fix?: string;
}

/** The meaning as the service's document has it, in plain words. */
export function eventWords(kind: Exclude<TraceEventKind, 'unlisted'>): EventWords {
  switch (kind) {
    case 'connected':
      return { title: t('Connected'), what: t('The service accepted the connection of the client.') };
    case 'notAuthorized':
      return {
        title: t('Not authorised'),
        what: t('The client may not use this instance, so the service closed the connection.'),
        fix: t(
          'Check the instance ID and the AccessKey in the user name of the device, how its password is computed, whether a token or device credential has run out, and the RAM policy of that AccessKey.',
        ),
      };
    case 'conflict':
      return {
        title: t('Client ID conflict'),
        what: t(
          'Another connection came with the same client ID. Only one connection can have it, so the service closed this one.',
        ),
        fix: t(
          'Give each device a client ID of its own. If only one device has this one, its program connects twice, or came back before its old connection was noticed to be gone.',
        ),
      };
    case 'resourceRefused':
      return {
        title: t('Topic or group refused'),
        what: t('The client may not use a topic or group that it wanted, so the service closed the connection.'),
        fix: t(
          'Check that the parent topic and the group exist in this very instance, and that the AccessKey of the device may use them.',
        ),
      };
    case 'noHeartbeat':
      return {
        title: t('No heartbeat'),
        what: t('The service heard nothing of the client for 1.5 times its keep-alive, so it closed the connection.'),
        fix: t(
          'Check the power, sleep and network of the device, and that its program has time to send heartbeats; where the network is slow, make the keep-alive longer.',
        ),
      };
    case 'closedByClient':
      return {
        title: t('Closed by the client'),
        what: t('The connection was closed because something went wrong in the client.'),
        fix: t(
          'Look into the log of the device at this time: it may have restarted, lost power, or its program failed.',
        ),
      };
    case 'disconnected':
      return {
        title: t('Disconnected by the client'),
        what: t('The client said goodbye: it asked for the end of the connection.'),
        fix: t(
          'Nothing is wrong if it was meant to go. If not, look in its program for what disconnects, and whether it connects again.',
        ),
      };
    case 'invalidParameter':
      return {
        title: t('Invalid parameter'),
        what: t('A request of the client held something invalid, so the service closed the connection.'),
        fix: t('Check the client ID, user name, topics and MQTT version that the device sends.'),
      };
    case 'networkBroke':
      return {
        title: t('Network broke'),
        what: t('The connection broke on its way, by jitter or lost packets.'),
        fix: t(
          'Check the signal of the device and what stands between: NAT, firewall, proxy. Let its program connect again by itself.',
        ),
      };
  }
}

export function unlistedText(): string {
  return t('The document of the service does not list this event, so it is shown as it came.');
}

/** How the times of the record are meant. */
export function zoneText(zone: ServiceZone): string {
  switch (zone.kind) {
    case 'certain':
      return t(
        'The times are in your time zone. The service names none with them; it wrote them in {0}, for in no other do all of them lie in the time asked about.',
        offsetText(zone.offsetMinutes),
      );
    case 'several':
      return zone.fitsExample
        ? t(
            "The times are as the service wrote them, by its own clock: no zone is documented. They fit {0}, as in the example of the service's document, but other zones too.",
            offsetText(8 * 60),
          )
        : ownClockText();
    case 'none':
      return ownClockText();
  }
}

function ownClockText(): string {
  return t('The times are as the service wrote them, by its own clock: no zone is documented.');
}

/** "UTC+8", "UTC-3:30". */
function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${rest}`}`;
}

/** The sentence for a failed call: where a permission is missing, the one of the trace. */
export function traceErrorText(error: ApiError): string {
  const isDenied = error.code.startsWith('Forbidden') || ['NoPermission', 'PermissionCheckFailed'].includes(error.code);
  if (error.kind !== 'service' || !isDenied) return errorText(error);
  return error.requestId === undefined
    ? t(
        'A RAM policy denies the connection history. Allow {0} on this instance. ({1})',
        'mq:QueryMqttDeviceTrace',
        error.code,
      )
    : t(
        'A RAM policy denies the connection history. Allow {0} on this instance. ({1}, request {2})',
        'mq:QueryMqttDeviceTrace',
        error.code,
        error.requestId,
      );
}
