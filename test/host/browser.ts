import { existsSync } from 'node:fs';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { hasNpmChromium, npmChromium } from './npmChromium';

// Root and containers have no sandbox; the rest keeps the browser from calling home.
const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'];
const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** A headless Chromium: the one CHROME_PATH names, the one from npm, or Chrome, Edge or Chromium of this machine. */
export async function launchBrowser(): Promise<Browser> {
  const problems: string[] = [];
  for (const candidate of candidates()) {
    try {
      return await chromium.launch({ args, ...candidate });
    } catch (error) {
      problems.push(String(error).split('\n')[0] ?? '');
    }
  }
  throw new Error(`No browser starts here. Install Chrome, or name one in CHROME_PATH.\n${problems.join('\n')}`);
}

/** npm's own first: with its fonts the pictures look the same everywhere. */
function candidates(): LaunchOptions[] {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return [{ executablePath: named }];
  const fromNpm = { executablePath: npmChromium.executablePath, env: { ...env(), ...npmChromium.env } };
  return [
    ...(hasNpmChromium ? [fromNpm] : []),
    { channel: 'chrome' },
    { channel: 'msedge' },
    ...systemChromium.filter((path) => existsSync(path)).map((executablePath) => ({ executablePath })),
  ];
}

function env(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
