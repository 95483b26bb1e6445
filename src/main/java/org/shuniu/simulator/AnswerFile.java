package org.shuniu.simulator;

/**
 * A file with which an office answers.
 *
 * @param wrong the same file with a mistake that its reader can see
 * @param late whether it comes after the others
 */
record AnswerFile(String name, byte[] content, byte[] wrong, boolean late) {}
