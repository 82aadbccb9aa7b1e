package io.github.pbxsdk.sip;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link SipClient#check} found out, question by question.
 *
 * <p>Immutable. {@link #toString()} is a report for a person.
 */
public final class SipCheck {

    private final List<Finding> findings;

    SipCheck(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** Returns all answers, in the order in which the questions were asked. */
    public List<Finding> findings() {
        return findings;
    }

    /** Returns the answer to one question, if it could be asked. */
    public Optional<Finding> find(Question question) {
        return findings.stream().filter(finding -> finding.question() == question).findFirst();
    }

    /** Tells whether nothing is wrong; what could not be found out does not count. */
    public boolean isGood() {
        return findings.stream().noneMatch(finding -> finding.answer() == Answer.NO);
    }

    @Override
    public String toString() {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    /** What is asked. */
    public enum Question {
        /** Does the server answer, over this transport? */
        REACHABLE,
        /** Is its certificate trusted and its own? Asked over TLS and WSS. */
        CERTIFICATE,
        /** Does it accept the credentials? */
        CREDENTIALS,
        /** Is there room for us, without pushing another device out? */
        ROOM,
        /** Does a text to oneself arrive, instead of ringing the telephone? */
        READY_FOR_TEXTS
    }

    /** The answer. */
    public enum Answer {
        /** All is well. */
        YES,
        /** It is not. */
        NO,
        /** It could not be found out. */
        UNKNOWN
    }

    /**
     * One question with its answer.
     *
     * @param question what was asked
     * @param answer the answer
     * @param words what was seen, and what to do about it
     */
    public record Finding(Question question, Answer answer, String words) {

        /** Checks that nothing is null. */
        public Finding {
            Objects.requireNonNull(question, "question");
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(words, "words");
        }

        @Override
        public String toString() {
            return question + " " + answer + ": " + words;
        }
    }
}
