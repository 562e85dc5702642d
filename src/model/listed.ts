/** One instance of an account, as ListInstances names it. */
export interface InstanceListed {
  readonly instanceId: string;
  readonly name: string;
  readonly regionId: string;
}
