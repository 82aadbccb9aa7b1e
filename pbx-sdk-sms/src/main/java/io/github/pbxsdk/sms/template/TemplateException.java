package io.github.pbxsdk.sms.template;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A template can't be filled for some of its recipients, so nothing was made for any of them.
 *
 * <p>{@link #problems()} has them all.
 */
public final class TemplateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_SHOWN = 10;

    private final transient List<Problem> problems;

    TemplateException(String template, List<Problem> problems) {
        super(
                "the template \""
                        + template
                        + "\" can't be filled: "
                        + problems.stream()
                                .limit(MOST_SHOWN)
                                .map(Problem::toString)
                                .collect(Collectors.joining("; "))
                        + (problems.size() > MOST_SHOWN
                                ? "; and " + (problems.size() - MOST_SHOWN) + " more"
                                : ""));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong with each recipient, in their order. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * What is wrong with one recipient.
     *
     * @param row his place, from 0
     * @param missing the names without a value and without a default
     * @param segments how many messages on the air his text takes, if that is too many; else 0
     */
    public record Problem(int row, List<String> missing, int segments) {

        /** Copies the names. */
        public Problem {
            missing = List.copyOf(missing);
        }

        @Override
        public String toString() {
            return "row "
                    + row
                    + (missing.isEmpty()
                            ? " takes " + segments + " messages"
                            : " has no " + String.join(", ", missing));
        }
    }
}
