import type { Log } from '../../base/log';
import type { Credentials } from '../../host/credentials';
import type { Inventories } from '../../host/inventory/inventories';
import type { AccountCalls } from '../accountCalls';
import type { Subjects } from './arguments';

export interface InventoryCommandParts {
  readonly inventory: Inventories;
  readonly credentials: Credentials;
  readonly account: AccountCalls;
  readonly subjects: Subjects;
  readonly log: Log;
}
