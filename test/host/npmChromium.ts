import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { paths } from './paths';

interface ChromiumPackage {
  readonly default: { executablePath(): Promise<string> };
}

const fontsConf = join(paths.chromium, 'fonts.conf');
const fontFolders = [
  join(paths.chromium, 'fonts'),
  join(paths.host, 'node_modules', 'dejavu-fonts-ttf', 'ttf'),
  join(paths.host, 'node_modules', '@embedpdf', 'fonts-sc', 'fonts'),
];

/** The package @sparticuz/chromium carries a browser for this system only. */
export const hasNpmChromium = process.platform === 'linux' && process.arch === 'x64';

export const npmChromium = {
  executablePath: join(paths.chromium, 'chromium'),
  env: { FONTCONFIG_FILE: fontsConf },
};

/**
 * Unpacks the browser below .cache, whole: the package itself would unpack to the system's temporary folder at the first
 * launch, and then take a half-unpacked file of an interrupted or a parallel run for the browser.
 */
export async function unpackChromium(): Promise<void> {
  if (!hasNpmChromium) return;
  await rm(paths.chromium, { recursive: true, force: true });
  await mkdir(paths.chromium, { recursive: true });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = paths.chromium;
  try {
    const file = join(paths.host, 'node_modules', '@sparticuz', 'chromium', 'build', 'index.js');
    const chromium = (await import(pathToFileURL(file).href)) as ChromiumPackage;
    await chromium.default.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  await writeFile(fontsConf, fontsConfig());
}

/** Fonts from npm alone, so that pictures look the same on every machine, Chinese included. */
function fontsConfig(): string {
  const prefer = (family: string, fonts: readonly string[]) =>
    `<alias><family>${family}</family><prefer>${fonts.map((font) => `<family>${font}</family>`).join('')}</prefer></alias>`;
  return [
    '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>',
    ...fontFolders.map((folder) => `<dir>${folder}</dir>`),
    `<cachedir>${join(paths.chromium, 'fonts-cache')}</cachedir>`,
    ...['sans-serif', 'system-ui', 'serif'].map((family) => prefer(family, ['Open Sans', 'Noto Sans S Chinese'])),
    prefer('monospace', ['DejaVu Sans Mono', 'Noto Sans S Chinese']),
    '</fontconfig>\n',
  ].join('\n');
}
