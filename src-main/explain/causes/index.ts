/** What can be found to slow a machine down. To add a finder: a file here and a line below. */
import type { CauseFinder } from '../cause.ts';
import { cpuFinder } from './cpu.ts';
import { databaseFinder } from './database.ts';
import { diskFinder } from './disk.ts';
import { memoryFinder } from './memory.ts';
import { monitorFinder } from './monitor.ts';
import { networkFinder } from './network.ts';
import { serviceFinder } from './service.ts';
import { thermalFinder } from './thermal.ts';

export const causeFinders: readonly CauseFinder[] = [
  cpuFinder,
  memoryFinder,
  diskFinder,
  networkFinder,
  databaseFinder,
  serviceFinder,
  thermalFinder,
  monitorFinder,
];

/** Every metric that a finder asks for: what has to be read of a stored past. */
export const explainedMetrics: readonly string[] = [
  'cpu_core_usage_ratio',
  'cpu_frequency_hertz',
  'cpu_load_average',
  'cpu_mode_ratio',
  'database_errors_total',
  'disk_activity_busy_ratio',
  'disk_activity_read_bytes_per_second',
  'disk_activity_write_bytes_per_second',
  'disk_space_used_ratio',
  'http_target_response_seconds',
  'memory_swap_used_bytes',
  'monitor_cpu_usage_ratio',
  'monitor_event_loop_busy_ratio',
  'network_drops_total',
  'network_errors_total',
  'port_target_connect_seconds',
  'network_receive_bytes_per_second',
  'network_transmit_bytes_per_second',
  'pressure_waiting_ratio',
  'query_time_p95_seconds',
  'query_time_seconds',
  'sqlite_target_probe_seconds',
  'sqlite_target_wal_bytes',
  'system_cpu_percent',
  'system_memory_percent',
  'target_problem',
  'target_up',
  'temperature_celsius',
  'tick_lateness_seconds',
];
