import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardChannel } from '../../adapters/guard/guard-channel.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import { aliyunLimits, tencentLimits } from '../../adapters/voice/limits.ts';
import { breaker } from '../../src/wiring/platform-parts.ts';
import { createRecordingChannel } from '../support/recording-channel.ts';
import { message } from '../support/channel-messages.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());

it.each([
  ['Alibaba Cloud’s calls', aliyunLimits],
  ['Tencent Cloud’s calls', tencentLimits],
])('%s to one number are held back before the cloud has to, by every process together', async (name, { perRecipient, perChannel }) => {
  const channel = createRecordingChannel(name, () => 0);
  const guarded = () =>
    guardChannel(channel, {
      limits: createRateLimits(server.redis, '{zg:x}'),
      rules: { ...breaker, perRecipient, perChannel, timeoutMs: 5_000 },
    });
  const [one, other] = [guarded(), guarded()];
  expect(await one.send([message('m1'), message('m2')])).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
  const [held] = await other.send([message('m1', { id: 'j2' })]);
  expect(held).toMatchObject({ status: 'transient', code: 'limited' });
  expect((held as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(perRecipient[0].perMs / 2);
});
