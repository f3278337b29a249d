#!/bin/sh
# Reports one query and one cache hit with curl. The address is the one that the monitor prints at start.
HAKGAL=${HAKGAL:-http://127.0.0.1:5000}
curl --fail --silent --show-error "$HAKGAL/api/events" \
  --header 'Content-Type: application/json' \
  --data '[{"type": "query", "duration": 0.135, "query_type": "search_knowledge", "success": true},
           {"type": "cache", "hit": true, "response_time": 0.002, "cost": 0.001}]'
