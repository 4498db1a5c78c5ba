// Drives the Kafka port with kafkajs and checks what comes back. usage: node client.mjs SCENARIO BOOTSTRAP
import assert from 'node:assert/strict';
import { Kafka, CompressionTypes, logLevel } from 'kafkajs';

const [scenario, bootstrap] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'kafkajs', brokers: [bootstrap], logLevel: logLevel.ERROR, retry: { initialRetryTime: 50, retries: 10 } });
const until = async (done, what, patienceMs = 30_000) => {
  const end = Date.now() + patienceMs;
  while (!done()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Consumes until `count` records have come, or for `quietMs` none. */
const collect = async (topic, groupId, count, options = {}) => {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, ...options });
  const records = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ partition, message }) => void records.push({ partition, ...message }) });
  try {
    await until(() => records.length >= count, () => `${count} records, ${records.length} came`);
  } finally {
    await consumer.disconnect();
  }
  return records;
};

const scenarios = {
  async produce() {
    const admin = kafka.admin();
    await admin.connect();
    assert.equal(await admin.createTopics({ topics: [{ topic: 'js', numPartitions: 3 }] }), true);
    assert.equal(await admin.createTopics({ topics: [{ topic: 'js', numPartitions: 3 }] }), false);
    const producer = kafka.producer({ idempotent: true });
    await producer.connect();
    for (const compression of [CompressionTypes.None, CompressionTypes.GZIP]) {
      const messages = Array.from({ length: 300 }, (_, i) => ({ key: `k${i}`, value: `${compression}:${i}`, headers: { n: `${i}` }, timestamp: `${1_700_000_000_000 + i}` }));
      await producer.send({ topic: 'js', acks: -1, compression, messages });
    }
    await producer.disconnect();
    const records = await collect('js', 'js-readers', 600);
    assert.equal(records.length, 600);
    const seen = new Map();
    for (const record of records) {
      const [, i] = record.value.toString().split(':');
      assert.equal(record.key.toString(), `k${i}`);
      assert.equal(record.headers.n.toString(), i);
      assert.equal(record.timestamp, `${1_700_000_000_000 + Number(i)}`);
      assert.ok(!seen.has(`${record.partition}@${record.offset}`));
      seen.set(`${record.partition}@${record.offset}`, record);
    }
    const ends = await admin.fetchTopicOffsets('js');
    assert.equal(ends.reduce((sum, p) => sum + Number(p.high), 0), 600);
    const byTime = await admin.fetchTopicOffsetsByTimestamp('js', 1_700_000_000_299);
    for (const p of byTime) assert.ok(Number(p.offset) <= Number(ends.find((e) => e.partition === p.partition).high));
    await admin.disconnect();
    return { records: records.length };
  },

  async groups() {
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'busy', numPartitions: 4 }] });
    const producer = kafka.producer();
    await producer.connect();
    const total = 4000;
    const counts = new Map();
    const join = async () => {
      const consumer = kafka.consumer({ groupId: 'busy-readers', maxWaitTimeInMs: 200, sessionTimeout: 10_000, heartbeatInterval: 300, rebalanceTimeout: 10_000 });
      await consumer.connect();
      await consumer.subscribe({ topic: 'busy', fromBeginning: true });
      await consumer.run({ autoCommitInterval: 200, eachMessage: async ({ message }) => void counts.set(message.value.toString(), (counts.get(message.value.toString()) ?? 0) + 1) });
      return consumer;
    };
    const producing = (async () => {
      for (let i = 0; i < total; i += 40) {
        await producer.send({ topic: 'busy', messages: Array.from({ length: 40 }, (_, j) => ({ key: `${(i + j) % 97}`, value: `${i + j}` })) });
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })();
    const members = [await join()];
    members.push(await join());
    await members.shift().disconnect();
    members.push(await join(), await join());
    await members.shift().disconnect();
    await producing;
    await until(() => counts.size === total, () => `${total} different records, ${counts.size} came`, 60_000);
    const described = await admin.describeGroups(['busy-readers']);
    assert.equal(described.groups[0].members.length, members.length);
    for (const member of members) await member.disconnect();
    const offsets = await admin.fetchOffsets({ groupId: 'busy-readers', topics: ['busy'] });
    assert.equal(offsets[0].partitions.reduce((sum, p) => sum + Number(p.offset), 0), total);
    await producer.disconnect();
    await admin.disconnect();
    return { records: counts.size, twice: [...counts.values()].filter((n) => n > 1).length };
  },

  async transactions() {
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'from', numPartitions: 2 }, { topic: 'to', numPartitions: 2 }] });
    const plain = kafka.producer();
    await plain.connect();
    await plain.send({ topic: 'from', messages: Array.from({ length: 200 }, (_, i) => ({ key: `${i}`, value: `${i}` })) });
    const producer = kafka.producer({ transactionalId: 'copy', maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    const consumer = kafka.consumer({ groupId: 'copier', maxWaitTimeInMs: 200, readUncommitted: false });
    await consumer.connect();
    await consumer.subscribe({ topic: 'from', fromBeginning: true });
    let copied = 0;
    let aborted = 0;
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
        const copy = async (messages, commit) => {
          const transaction = await producer.transaction();
          await transaction.send({ topic: 'to', messages: messages.map((m) => ({ key: m.key, value: `${commit ? 'kept' : 'dropped'}:${m.value}` })) });
          if (!commit) return await transaction.abort();
          await transaction.sendOffsets({ consumerGroupId: 'copier', topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset: `${Number(messages.at(-1).offset) + 1}` }] }] });
          await transaction.commit();
        };
        for (let i = 0; i < batch.messages.length; i += 10) {
          const part = batch.messages.slice(i, i + 10);
          await copy(part, false);
          aborted += part.length;
          await copy(part, true);
          copied += part.length;
          resolveOffset(part.at(-1).offset);
          await heartbeat();
        }
      },
    });
    await until(() => copied >= 200, () => `200 copies, ${copied} made`);
    await consumer.disconnect();
    const records = await collect('to', 'checker', 200, { readUncommitted: false });
    assert.deepEqual(records.map((r) => r.value.toString()).sort(), Array.from({ length: 200 }, (_, i) => `kept:${i}`).sort());
    const offsets = await admin.fetchOffsets({ groupId: 'copier', topics: ['from'] });
    assert.equal(offsets[0].partitions.reduce((sum, p) => sum + Number(p.offset), 0), 200);
    const uncommitted = await collect('to', 'curious', 400, { readUncommitted: true });
    assert.equal(uncommitted.filter((r) => r.value.toString().startsWith('dropped:')).length, aborted);
    for (const client of [producer, plain, admin]) await client.disconnect();
    return { copied, aborted };
  },

  async admin() {
    const admin = kafka.admin();
    await admin.connect();
    const cluster = await admin.describeCluster();
    assert.equal(cluster.brokers.length, 1);
    await admin.createTopics({ topics: [{ topic: 'managed', numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '3600000' }] }] });
    await admin.createPartitions({ topicPartitions: [{ topic: 'managed', count: 3 }] });
    const metadata = await admin.fetchTopicMetadata({ topics: ['managed'] });
    assert.equal(metadata.topics[0].partitions.length, 3);
    const configs = await admin.describeConfigs({ resources: [{ type: 2, name: 'managed', configNames: ['retention.ms', 'cleanup.policy'] }] });
    const value = (name) => configs.resources[0].configEntries.find((c) => c.configName === name).configValue;
    assert.equal(value('retention.ms'), '3600000');
    assert.equal(value('cleanup.policy'), 'delete');
    await admin.alterConfigs({ resources: [{ type: 2, name: 'managed', configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }] });
    const altered = await admin.describeConfigs({ resources: [{ type: 2, name: 'managed', configNames: ['cleanup.policy'] }] });
    assert.equal(altered.resources[0].configEntries[0].configValue, 'compact');
    await assert.rejects(admin.alterConfigs({ resources: [{ type: 2, name: 'managed', configEntries: [{ name: 'no.such.setting', value: '1' }] }] }));
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'managed', messages: Array.from({ length: 20 }, (_, i) => ({ key: 'k', partition: 0, value: `${i}` })) });
    await admin.deleteTopicRecords({ topic: 'managed', partitions: [{ partition: 0, offset: '15' }] });
    assert.equal((await admin.fetchTopicOffsets('managed')).find((p) => p.partition === 0).low, '15');
    await admin.setOffsets({ groupId: 'resettable', topic: 'managed', partitions: [{ partition: 0, offset: '18' }] });
    assert.equal((await collect('managed', 'resettable', 2)).length, 2);
    await admin.resetOffsets({ groupId: 'resettable', topic: 'managed', earliest: true });
    assert.equal((await collect('managed', 'resettable', 5)).length, 5);
    assert.ok((await admin.listGroups()).groups.some((g) => g.groupId === 'resettable'));
    await admin.deleteGroups(['resettable']);
    assert.ok(!(await admin.listGroups()).groups.some((g) => g.groupId === 'resettable'));
    assert.ok((await admin.listTopics()).includes('managed'));
    await admin.deleteTopics({ topics: ['managed'] });
    assert.ok(!(await admin.listTopics()).includes('managed'));
    await producer.disconnect();
    await admin.disconnect();
    return { done: true };
  },
};

try {
  console.log(JSON.stringify(await scenarios[scenario]()));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
