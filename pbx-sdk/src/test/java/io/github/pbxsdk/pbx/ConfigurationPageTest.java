package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of settings in the documents says what the code does. */
class ConfigurationPageTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\|.*");

    @Test
    void hasARowForEachSettingAndForNothingElse() throws IOException {
        List<String> rows =
                Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
                        .map(ROW::matcher)
                        .filter(Matcher::matches)
                        .map(row -> row.group(1))
                        .toList();

        assertThat(rows)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(PbxSetting.values()).map(Enum::name).toList());
    }

    @Test
    void understandsTheNamesThatIntegrationsUseAlready() {
        assertThat(Stream.of(PbxSetting.values()).map(Enum::name))
                .contains(
                        "FREEPBX_URL",
                        "FREEPBX_API_KEY",
                        "FREEPBX_API_SECRET",
                        "FREEPBX_DEFAULT_FROM",
                        "FREEPBX_SYNC_INTERVAL_MINUTES",
                        "AMI_HOST",
                        "AMI_PORT",
                        "AMI_USER",
                        "AMI_SECRET",
                        "ARI_URL",
                        "ARI_USER",
                        "ARI_PASSWORD",
                        "SIP_SERVER",
                        "SIP_DOMAIN",
                        "SIP_EXTENSION",
                        "SIP_PASSWORD",
                        "PBX_WS_SERVER",
                        "PBX_DOMAIN",
                        "PBX_CA",
                        "FREEPBX_CLIENT_ID",
                        "FREEPBX_CLIENT_SECRET",
                        "SMS_BROADCAST_USERNAME",
                        "SMS_BROADCAST_PASSWORD",
                        "SMS_SENDER_ID");
    }
}
