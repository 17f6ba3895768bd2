; UNTESTED: nobody has run this yet. Installer for Inno Setup 6; README.md says how.
#ifndef Version
  #error Name the version: iscc /DVersion=0.1.0
#endif

[Setup]
AppId={{6C2D0B0D-3E0B-4C53-9F27-5B0B8C6E3A11}
AppName=MultiClaw
AppVersion={#Version}
AppPublisher=The MultiClaw maintainers
AppPublisherURL=https://multiclaw.io
DefaultDirName={autopf}\MultiClaw
DefaultGroupName=MultiClaw
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\target\multiclaw.ico
UninstallDisplayIcon={app}\multiclaw.exe
OutputDir=..\..\target\packages
OutputBaseFilename=MultiClaw-{#Version}-windows-x86_64
Compression=lzma2
SolidCompression=yes

[Files]
Source: "..\..\target\release\multiclaw.exe"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\LICENSE"; DestDir: "{app}"

[Icons]
Name: "{group}\MultiClaw"; Filename: "{app}\multiclaw.exe"; AppUserModelID: "io.multiclaw.Desktop"

[Registry]
Root: HKA; Subkey: "Software\Classes\multiclaw"; ValueType: string; ValueData: "URL:MultiClaw"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\multiclaw"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\multiclaw\shell\open\command"; ValueType: string; ValueData: """{app}\multiclaw.exe"" -- ""%1"""
