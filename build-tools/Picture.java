import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws what a program printed as a terminal, for the documents: {@code java Picture.java TITLE
 * OUTPUT < TEXT}.
 */
public final class Picture {

    private static final int LINE = 18;
    private static final int CHARACTER = 8;
    private static final int MARGIN = 16;
    private static final int BAR = 34;

    private final List<String> lines;
    private final StringBuilder svg = new StringBuilder();

    private Picture(List<String> lines) {
        this.lines = lines;
    }

    /** Draws one. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: java Picture.java TITLE OUTPUT < TEXT");
            System.exit(2);
        }
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        String svg = new Picture(text.lines().toList()).draw(args[0]);
        Files.writeString(Path.of(args[1]), svg);
    }

    private String draw(String title) {
        int columns = lines.stream().mapToInt(String::length).max().orElse(0);
        int width = 2 * MARGIN + CHARACTER * Math.max(columns, title.length() + 10);
        int height = BAR + MARGIN + LINE * lines.size() + MARGIN / 2;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" role=\"img\">\n".formatted(width, height));
        svg.append("<title>%s</title>\n".formatted(escaped(title)));
        svg.append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b1f27\"/>\n");
        svg.append("<g font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"13\" xml:space=\"preserve\">\n");
        put(title, MARGIN, 22, "#8b949e");
        for (int i = 0; i < lines.size(); i++) {
            put(lines.get(i), MARGIN, BAR + MARGIN + LINE * i, colour(lines.get(i)));
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private void put(String text, int x, int y, String colour) {
        if (!text.isBlank()) {
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n".formatted(x, y, colour, escaped(text)));
        }
    }

    /** Code stands behind a line in the demo, and each of its scenes has a number. */
    private static String colour(String line) {
        if (line.strip().startsWith("|")) {
            return "#79c0ff";
        }
        return line.matches("\\d/\\d .*") || line.startsWith("$") ? "#f0f6fc" : "#c9d1d9";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
