// One order in real time; a batch planned, looked at, shortened and applied; and an answer to “why”.

import { printBatch } from "./batch.js";
import { printSingle } from "./single.js";
import { printWhy } from "./why.js";

printSingle();
printBatch();
printWhy();
