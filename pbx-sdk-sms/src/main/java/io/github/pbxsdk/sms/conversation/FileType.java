package io.github.pbxsdk.sms.conversation;

import java.nio.charset.StandardCharsets;

/** What a file is by its first bytes, whatever its name or its server says. */
final class FileType {

    private static final String UNKNOWN = "application/octet-stream";

    private FileType() {}

    static String of(byte[] content) {
        int length = Math.min(content.length, 16);
        String head = new String(content, 0, length, StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return "image/gif";
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return "image/webp";
        }
        return head.startsWith("ftyp", 4) ? brand(head) : other(head);
    }

    private static String brand(String head) {
        if (head.startsWith("heic", 8) || head.startsWith("mif1", 8)) {
            return "image/heic";
        }
        return head.startsWith("3g", 8) ? "video/3gpp" : "video/mp4";
    }

    private static String other(String head) {
        if (head.startsWith("#!AMR")) {
            return "audio/amr";
        }
        return head.startsWith("%PDF-") ? "application/pdf" : UNKNOWN;
    }
}
