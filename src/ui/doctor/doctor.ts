import type * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import type { Diagnosis } from '../../sessions/diagnosis';
import type { FitCheck } from '../../sessions/fitCheck';
import type { CommonCause } from '../../sessions/status/commonCause';
import type { InstancesView } from '../tree/instancesView';
import type { TreeRows } from '../tree/treeRows';
import { registerCommand } from '../run';
import { followCause } from './causeMessage';
import { copyPolicyCommand, type CopyPolicyParts } from './copyPolicy';
import { diagnoseCommand, type DiagnoseParts } from './diagnose';
import { fixCommand, type FixesParts } from './fixes';
import { tryRegionCommand, type RegionTrialParts } from './regionTrial';
import { Reports } from './reports';

type DoctorParts = Omit<
  DiagnoseParts & CopyPolicyParts & RegionTrialParts & FixesParts,
  'reports' | 'rowOf' | 'diagnosis' | 'fitCheck'
> & {
  readonly sessions: { readonly diagnosis: Diagnosis; readonly fitCheck: FitCheck; readonly cause: CommonCause };
  readonly tree: { readonly rows: Pick<TreeRows, 'roots'> };
  readonly view: Pick<InstancesView, 'showBlocked'>;
  readonly log: Pick<vscode.LogOutputChannel, 'show'>;
};

/** What turns "it failed" into "here is why": the diagnosis of an instance, the fixes, and the policy a key needs. */
export function doctor(parts: DoctorParts): (Disposable | vscode.Disposable)[] {
  const { sessions, tree, view, log } = parts;
  const reports = new Reports(log);
  const rowOf = (instanceId: string) => tree.rows.roots.find(({ instance }) => instance.instanceId === instanceId);
  const { diagnosis, fitCheck } = sessions;
  const all = { ...parts, diagnosis, fitCheck, reports, rowOf };
  return [
    reports,
    diagnoseCommand(all),
    tryRegionCommand(all),
    copyPolicyCommand(all),
    fixCommand(all),
    followCause(sessions.cause, view),
    registerCommand('showLog', log, () => log.show()),
  ];
}
