package org.shuniu.bench;

import java.util.List;
import java.util.Map;
import org.shuniu.bench.subject.Subject;

/** Bars of whole lives a second, with the spread of the rounds as a line. */
final class LivesChart {

    private static final int LEFT = 90;
    private static final int WIDTH = 420;
    private static final int ROW = 44;
    private static final String BAR = """
              <text x="%d" y="%d" text-anchor="end">%s</text>
              <rect x="%d" y="%d" width="%.1f" height="24" fill="#4a7ab5"/>
              <line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#1c2f4a" stroke-width="2"/>
              <text x="%.1f" y="%d">%.0f/s</text>
            """;

    private LivesChart() {}

    static String of(Map<Subject, List<Measured>> measured) {
        double greatest = measured.values().stream()
                .mapToDouble(runs -> Spread.of(runs, Measured::livesPerSecond).greatest())
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="14">
                  <text x="%d" y="20" font-weight="bold">Whole lives a second (median; line: least to greatest)</text>
                """.formatted(LEFT + WIDTH + 90, 40 + ROW * measured.size(), 10));
        int top = 36;
        for (Map.Entry<Subject, List<Measured>> entry : measured.entrySet()) {
            svg.append(
                    bar(entry.getKey(), Spread.of(entry.getValue(), Measured::livesPerSecond), WIDTH / greatest, top));
            top += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Subject subject, Spread lives, double scale, int top) {
        double right = LEFT + lives.greatest() * scale;
        return BAR.formatted(
                LEFT - 8,
                top + 17,
                subject.label(),
                LEFT,
                top,
                lives.median() * scale,
                LEFT + lives.least() * scale,
                right,
                top + 12,
                top + 12,
                right + 8,
                top + 17,
                lives.median());
    }
}
