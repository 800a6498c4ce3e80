namespace OpenTelemetry;
