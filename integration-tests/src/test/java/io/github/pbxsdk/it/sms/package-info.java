/** Texts over a week in which everything goes wrong; start at {@code SimulatedWeekIT}. */
@org.jspecify.annotations.NullMarked
package io.github.pbxsdk.it.sms;
