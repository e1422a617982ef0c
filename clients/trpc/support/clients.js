// The published clients, each with its own links, speaking for one key.

import { EventSource } from 'eventsource';
import * as trpc10 from 'trpc-client-10.45';
import * as trpc11_25 from 'trpc-client-11.25';
import * as trpc11_4 from 'trpc-client-11.4';

/** @param key a key, the headers of a session, or nothing */
function credential(key) {
  if (typeof key === 'object') return key;

  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

/**
 * One major version of `@trpc/client`. The three links make a client whose `answers` are the HTTP
 * responses that it met.
 */
function version(name, trpc, create, streamLink) {
  const connect = (link) => (server, key, options) => {
    const answers = [];
    const observed = async (...request) => {
      const response = await fetch(...request);
      answers.push(response.clone());
      return response;
    };
    const headers = credential(key);
    const client = create({ links: [link({ url: `${server.url}/trpc`, headers, fetch: observed, ...options })] });
    return { client, answers };
  };
  return {
    name,
    TRPCClientError: trpc.TRPCClientError,
    single: connect(trpc.httpLink),
    batch: connect(trpc.httpBatchLink),
    stream: connect(streamLink),
  };
}

export const client10 = version(
  '@trpc/client 10.45', trpc10, trpc10.createTRPCProxyClient, trpc10.unstable_httpBatchStreamLink);
export const client11_4 = version(
  '@trpc/client 11.4', trpc11_4, trpc11_4.createTRPCClient, trpc11_4.httpBatchStreamLink);
export const client11_25 = version(
  '@trpc/client 11.25', trpc11_25, trpc11_25.createTRPCClient, trpc11_25.httpBatchStreamLink);

client11_4.listen = listener(trpc11_4);
client11_25.listen = listener(trpc11_25);

export const clients = [client10, client11_4, client11_25];

/** Subscribes to `mandates.stream`, and collects what is heard. */
function listener(trpc) {
  return (server, key, input) => {
    const client = trpc.createTRPCClient({
      links: [
        trpc.httpSubscriptionLink({
          url: `${server.url}/trpc`,
          EventSource,
          eventSourceOptions: {
            fetch: (url, init) =>
              fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } }),
          },
        }),
      ],
    });
    const heard = [];
    let tell = () => {};
    const hear = (event) => {
      heard.push(event);
      tell();
    };
    const subscription = client.mandates.stream.subscribe(input, {
      onStarted: () => hear({ started: true }),
      onData: (event) => hear({ event }),
      onError: (error) => hear({ error }),
    });
    return {
      /** Waits for the next thing that is heard. */
      async next() {
        while (heard.length === 0) await new Promise((resolve) => (tell = resolve));
        return heard.shift();
      },
      stop: () => subscription.unsubscribe(),
    };
  };
}
