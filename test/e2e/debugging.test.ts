import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { LOCAL_INSTANCE_ID } from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

const CLIENT_ID = 'GID_bench@@@board-1';

/** Runs until a file is there: the test says when debugging ends. */
const PROGRAM = "const fs = require('fs'); setInterval(() => fs.existsSync('stop') && process.exit(0), 100);";

describe('a person who debugs a device', () => {
  let workbench: Workbench;
  let mqttPort: number;
  let folder: string;

  before(async () => {
    [mqttPort, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'debugging-'))];
    const launch = { type: 'node', request: 'launch', name: 'Backend', program: '${workspaceFolder}/backend.js' };
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, 'backend.js'), PROGRAM);
    await writeFile(join(folder, '.vscode', 'launch.json'), JSON.stringify({ configurations: [launch] }));
    const settings = { 'apsaramqMqtt.debug.watchGroups': ['Bench', 'Nothing'] };
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    const groups = [{ name: 'Bench', clientIds: [CLIENT_ID] }];
    const instance = {
      name: 'Plant',
      instanceId: LOCAL_INSTANCE_ID,
      endpoint: '127.0.0.1:9',
      credential: 'local',
      groups,
    };
    workbench = await Workbench.open(
      { 'apsaramqMqtt.localInstance.mqttPort': mqttPort, 'apsaramqMqtt.localInstance.simulatedClients': 0 },
      { inventory: { instances: [instance] }, folder },
    );
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture('failed-debugging');
  });

  it('reads in the debug console which client dropped, and at the end what has changed, though the view is hidden', async () => {
    const { page } = workbench;
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/Instance Plant, 0\/1 online/).waitFor();
    const device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
      clientId: CLIENT_ID,
      ...signIn(CLIENT_ID),
      reconnectPeriod: 0,
    });
    await workbench.checkUntil(/board-1, online/);
    await page.keyboard.press('Control+Shift+E');
    await page.keyboard.press('F5');
    const consoleLines = page.locator('.repl');
    await consoleLines.getByText('"Nothing" in apsaramqMqtt.debug.watchGroups is no saved group.').waitFor();
    await device.endAsync();
    await consoleLines
      .getByText(/GID_bench@@@board-1: online → offline \(.*, verified\)/)
      .first()
      .waitFor();
    await workbench.picture('d1-dropped');
    await writeFile(join(folder, 'stop'), '');
    await consoleLines.getByText(/Changed between the start and the end of debugging: GID_bench@@@board-1/).waitFor();
    await workbench.picture('d2-summary');
  });
});
