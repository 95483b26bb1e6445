package org.shuniu.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a file as bytes, without their ends, byte order mark and empty lines. In every charset that offices use
 * here the bytes of a line's end stand for nothing else.
 */
final class Lines {

    private static final List<byte[]> MARKS = List.of(
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, new byte[] {(byte) 0x84, 0x31, (byte) 0x95, 0x33});

    private Lines() {}

    static List<byte[]> of(byte[] file) {
        List<byte[]> lines = new ArrayList<>();
        int begin = afterMark(file);
        for (int at = begin; at <= file.length; at++) {
            if (at == file.length || file[at] == '\n') {
                int end = at > begin && file[at - 1] == '\r' ? at - 1 : at;
                if (end > begin) {
                    lines.add(Arrays.copyOfRange(file, begin, end));
                }
                begin = at + 1;
            }
        }
        return lines;
    }

    private static int afterMark(byte[] file) {
        return MARKS.stream()
                .filter(mark -> file.length >= mark.length && Arrays.equals(mark, Arrays.copyOf(file, mark.length)))
                .mapToInt(mark -> mark.length)
                .findFirst()
                .orElse(0);
    }
}
