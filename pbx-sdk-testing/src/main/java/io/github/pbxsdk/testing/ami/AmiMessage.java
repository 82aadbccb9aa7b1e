package io.github.pbxsdk.testing.ami;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message: lines with a name and a value, in order.
 *
 * @param lines the lines; names may repeat
 */
public record AmiMessage(List<Line> lines) {

    /** Copies the lines. */
    public AmiMessage {
        lines = List.copyOf(lines);
    }

    /**
     * One line.
     *
     * @param name what stands before the colon
     * @param value what stands behind it
     */
    public record Line(String name, String value) {}

    /**
     * Returns a message with these lines.
     *
     * @throws IllegalArgumentException if there is a name without a value
     */
    public static AmiMessage of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("each name needs a value");
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(new Line(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new AmiMessage(lines);
    }

    /** Returns the message that a text has, whatever ends its lines. */
    static AmiMessage parse(String text) {
        List<Line> lines = new ArrayList<>();
        text.lines().filter(line -> !line.isEmpty()).map(AmiMessage::line).forEach(lines::add);
        return new AmiMessage(lines);
    }

    private static Line line(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? new Line("", line)
                : new Line(line.substring(0, colon), line.substring(colon + 1).stripLeading());
    }

    /** Returns the first value with a name, without regard to case, if there is one. */
    public Optional<String> find(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Line::value)
                .findFirst();
    }

    /** Returns the first value with a name, without regard to case; empty if there is none. */
    public String get(String name) {
        return find(name).orElse("");
    }

    /** Returns this message with one more line. */
    public AmiMessage with(String name, String value) {
        List<Line> all = new ArrayList<>(lines);
        all.add(new Line(name, value));
        return new AmiMessage(all);
    }

    /** Returns this message with the id of an action as its second line. */
    AmiMessage answering(AmiMessage action) {
        Optional<String> id = action.find("ActionID");
        if (id.isEmpty() || find("ActionID").isPresent()) {
            return this;
        }
        List<Line> all = new ArrayList<>(lines);
        all.add(Math.min(1, all.size()), new Line("ActionID", id.get()));
        return new AmiMessage(all);
    }

    /** Returns the text on the wire. */
    String text(String lineEnd) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.name())
                    .append(line.name().isEmpty() ? "" : ": ")
                    .append(line.value())
                    .append(lineEnd);
        }
        return text.append(lineEnd).toString();
    }
}
