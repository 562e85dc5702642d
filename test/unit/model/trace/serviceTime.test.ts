import assert from 'node:assert/strict';
import { momentOf, serviceZoneOf, wallClockOf } from '../../../../src/model/trace/serviceTime';
import { regionOf } from '../../../../src/model/trace/traceRegion';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 25, 8, 30);
const hours = (count: number) => ({ beginAt: NOW - count * HOUR, endAt: NOW });
/** What a clock so many hours before UTC shows so many minutes before now. */
const clock = (offsetHours: number, minutesAgo: number): number => NOW + offsetHours * HOUR - minutesAgo * MINUTE;

describe('the times of a trace', () => {
  it('are read in the documented form alone', () => {
    assert.equal(wallClockOf('2021-05-21 15:51:54.867'), Date.UTC(2021, 4, 21, 15, 51, 54, 867));
    for (const text of [
      '',
      '2021-05-21T15:51:54.867',
      '2021-05-21 15:51:54',
      '2021-02-30 00:00:00.000',
      '2021-13-01 00:00:00.000',
      '2021-01-01 24:00:00.000',
      ' 2021-05-21 15:51:54.867',
    ])
      assert.equal(wallClockOf(text), undefined, text);
  });

  it("lie eight hours before UTC in the vendor's own example, and nowhere else", () => {
    const example = { beginAt: 1_621_580_400_000, endAt: 1_621_584_000_000 };
    const zone = serviceZoneOf([wallClockOf('2021-05-21 15:51:54.867')], example);
    assert.deepEqual(zone, { kind: 'certain', offsetMinutes: 480 });
    assert.equal(momentOf(wallClockOf('2021-05-21 15:51:54.867'), zone), Date.UTC(2021, 4, 21, 7, 51, 54, 867));
  });

  for (const offset of [-7, 0, 1, 8, 9])
    it(`are moments where one zone alone puts all of them into the time asked about: UTC${offset < 0 ? '' : '+'}${offset}`, () => {
      assert.deepEqual(serviceZoneOf([clock(offset, 20), clock(offset, 35)], hours(1)), {
        kind: 'certain',
        offsetMinutes: offset * 60,
      });
    });

  it('stay as they came where several zones would do, and it is said whether that of the example is one', () => {
    assert.deepEqual(serviceZoneOf([clock(8, 20)], hours(24)), { kind: 'several', fitsExample: true });
    assert.deepEqual(serviceZoneOf([clock(-8, 20)], hours(6)), { kind: 'several', fitsExample: false });
    assert.deepEqual(serviceZoneOf([clock(5.5, 20)], hours(1)), { kind: 'several', fitsExample: false });
    assert.equal(momentOf(clock(8, 20), { kind: 'several', fitsExample: true }), undefined);
  });

  it('of a long time are moments as well where the events lie far enough apart', () => {
    const far = [clock(8, 10), clock(8, 24 * 60 - 20)];
    assert.deepEqual(serviceZoneOf(far, hours(24)), { kind: 'certain', offsetMinutes: 480 });
  });

  it('are no moments where another zone misses by less than a second', () => {
    assert.equal(serviceZoneOf([clock(8, 0.01)], hours(1)).kind, 'several');
    assert.equal(serviceZoneOf([clock(8, 0.02)], hours(1)).kind, 'certain');
  });

  it('are no moments where no zone fits, where one cannot be read, and where there are none', () => {
    assert.deepEqual(serviceZoneOf([clock(8, 20), clock(8, 90)], hours(1)), { kind: 'none' });
    assert.deepEqual(serviceZoneOf([clock(8, 20), undefined], hours(1)), { kind: 'none' });
    assert.deepEqual(serviceZoneOf([], hours(1)), { kind: 'none' });
  });
});

describe('the region that the operation wants', () => {
  it("is the instance's own, or that of the vendor's endpoint, and else has to be asked for", () => {
    assert.equal(regionOf({ regionId: 'cn-shanghai' }), 'cn-shanghai');
    assert.equal(regionOf({ regionId: 'cn-shanghai', endpoint: 'mqtt.example.com' }), 'cn-shanghai');
    assert.equal(regionOf({ endpoint: 'onsmqtt.eu-central-1.aliyuncs.com:443' }), 'eu-central-1');
    for (const endpoint of ['mqtt.example.com', '127.0.0.1:1234', 'onsmqtt.cn-hangzhou.aliyuncs.com.example.com'])
      assert.equal(regionOf({ endpoint }), undefined);
  });
});
