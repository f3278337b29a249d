/** Ready-made ways to report events to `address`. Pure. */
export const snippets = (address: string): readonly { readonly name: string; readonly text: string }[] => [
  {
    name: 'curl',
    text: `curl -H 'content-type: application/json' ${address}/api/events \\
  -d '{"type":"query","duration":0.135,"query_type":"search_knowledge","success":true}'`,
  },
  {
    name: 'Python',
    text: `import json, urllib.request

def report(*events):
    request = urllib.request.Request(
        "${address}/api/events",
        json.dumps(events).encode(),
        {"content-type": "application/json"},
    )
    return json.load(urllib.request.urlopen(request, timeout=2))

report({"type": "query", "duration": 0.135, "query_type": "search_knowledge", "success": True},
       {"type": "cache", "hit": True, "key": "facts:42", "response_time": 0.002, "cost": 0.001})`,
  },
  {
    name: 'Node.js',
    text: `await fetch('${address}/api/events', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify([{ type: 'query', duration: 0.135, query_type: 'add_fact', success: true }]),
});`,
  },
  {
    name: 'AI call',
    text: `curl -H 'content-type: application/json' ${address}/api/events \\
  -d '{"type":"llm","id":"call-1","provider":"anthropic","model":"claude-sonnet-4-5","service":"knowledge-base",
       "input_tokens":4740,"cache_read_tokens":4000,"output_tokens":255,"duration":2.1,"success":true}'

# Python, with report() as above; input_tokens holds the cached ones
usage = response.usage
report({"type": "llm", "id": response.id, "provider": "openai", "model": response.model,
        "input_tokens": usage.prompt_tokens, "output_tokens": usage.completion_tokens,
        "cache_read_tokens": usage.prompt_tokens_details.cached_tokens})

// Node.js
await fetch('${address}/api/events', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ type: 'llm', id: response.id, provider: 'openai', model: response.model,
    input_tokens: response.usage.prompt_tokens, output_tokens: response.usage.completion_tokens }),
});`,
  },
  {
    name: 'OpenTelemetry',
    text: `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=${address}/v1/metrics
OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf
# Usage of AI calls in spans; nothing else of them is kept
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${address}/v1/traces`,
  },
];
