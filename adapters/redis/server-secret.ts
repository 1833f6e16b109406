import { randomBytes } from 'node:crypto';
import { keysOf } from './keys.ts';
import type { RedisClient } from './script.ts';

/** 32 random bytes shared by every instance of the service under one name, made by whoever asks first. */
export const loadServerSecret = async (redis: RedisClient, bureau: string, name: string): Promise<Buffer> => {
  const key = `${keysOf(bureau).prefix}:secret:${name}`;
  await redis.set(key, randomBytes(32).toString('base64url'), 'NX');
  const secret = await redis.get(key);
  if (secret === null) throw new Error(`the secret ${name} could not be kept in Redis`);
  return Buffer.from(secret, 'base64url');
};
