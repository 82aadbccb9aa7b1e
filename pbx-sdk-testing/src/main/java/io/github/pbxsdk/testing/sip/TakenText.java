package io.github.pbxsdk.testing.sip;

/**
 * A text that a {@link FakeSip} took with 202.
 *
 * @param from the user who sent it
 * @param to the number that it is for
 * @param contentType as it came, with parameters
 * @param text the text as it came, whole also where the server loses it
 */
public record TakenText(String from, String to, String contentType, String text) {}
