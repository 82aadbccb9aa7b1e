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

    /**
     * Tells whether nothing is wrong. What could not be found out does not count, nor does {@link
     * Question#WEBRTC}, where both answers are right.
     */
    public boolean isGood() {
        return findings.stream()
                .filter(finding -> finding.question() != Question.WEBRTC)
                .noneMatch(finding -> finding.answer() == Answer.NO);
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
        /**
         * Is it set up for a browser ({@code webrtc=yes}), and not for a telephone? Registration
         * and texts are the same for both. It is asked with an INVITE that can't become a call: the
         * server makes a channel for a moment at most, and nobody's telephone rings.
         */
        WEBRTC,
        /** Does a text to oneself arrive, instead of ringing the telephone? */
        READY_FOR_TEXTS
    }

    /** The answer. */
    public enum Answer {
        /** It is so. */
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
