import { parentPort, workerData } from 'node:worker_threads';
import { createDoctorThread, type DoctorThreadData } from '../doctor/doctor-thread.ts';
import { type Handlers, serve } from './protocol.ts';

serve(parentPort!, createDoctorThread(workerData as DoctorThreadData) as unknown as Handlers);
