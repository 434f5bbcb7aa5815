; Installer for Windows, for one user, without administrator's rights.
;
;   makensis -DVERSION=0.7.0 -DSOURCE=dist\evidencedesk -DICON=build\windows\evidencedesk.ico ^
;            -DOUTPUT=dist\EvidenceDesk-0.7.0-setup.exe packaging\windows\installer.nsi
;
; SOURCE is the folder that PyInstaller made: evidencedesk.exe, evidencedesk-window.exe and _internal.
; UNTESTED on Windows: so far it was only compiled, by makensis on Linux. Written from the NSIS 3 manual
; (nsis.sourceforge.io/Docs) and, for the entry among the installed programs, from "Uninstall Registry Key"
; (learn.microsoft.com/windows/win32/msi/uninstall-registry-key).
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!ifndef VERSION | SOURCE | ICON | OUTPUT
  !error "Say -DVERSION, -DSOURCE, -DICON and -DOUTPUT"
!endif

!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\EvidenceDesk"
!define WINDOW "evidencedesk-window.exe"
!define COMMAND "evidencedesk.exe"

Name "$(Name)"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\EvidenceDesk"
InstallDirRegKey HKCU "${ENTRY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "EvidenceDesk ${VERSION}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(LibraryStays)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The first one is used where the system speaks neither.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString Name ${LANG_ENGLISH} "EvidenceDesk"
LangString Name ${LANG_SIMPCHINESE} "取证台"
LangString Comment ${LANG_ENGLISH} "Record what debt collectors say, and hand it over as evidence"
LangString Comment ${LANG_SIMPCHINESE} "录下催收人员说的话，整理成可核对的证据"
LangString Visit ${LANG_ENGLISH} "Record a visit now"
LangString Visit ${LANG_SIMPCHINESE} "立即录制上门"
LangString Call ${LANG_ENGLISH} "Record a call now"
LangString Call ${LANG_SIMPCHINESE} "立即录制来电"
LangString Program ${LANG_ENGLISH} "The program"
LangString Program ${LANG_SIMPCHINESE} "程序"
LangString Desktop ${LANG_ENGLISH} "Icon on the desktop"
LangString Desktop ${LANG_SIMPCHINESE} "桌面图标"
LangString Running ${LANG_ENGLISH} "EvidenceDesk is running, and may be recording. Stop the recording, close the window, then try again."
LangString Running ${LANG_SIMPCHINESE} "取证台正在运行，可能正在录音。请先停止录音、关闭窗口，然后重试。"
LangString LibraryStays ${LANG_ENGLISH} "Only the program is removed. Your recordings and cases stay where they are: in $LOCALAPPDATA\EvidenceDesk\library, or in the folder you chose in the settings."
LangString LibraryStays ${LANG_SIMPCHINESE} "只删除程序本身。您的录音和案件原样保留：在 $LOCALAPPDATA\EvidenceDesk\library，或您在设置中选择的文件夹里。"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
!macro Info language name
  VIAddVersionKey /LANG=${language} "ProductName" "${name}"
  VIAddVersionKey /LANG=${language} "FileDescription" "${name}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "Apache-2.0"
!macroend
!insertmacro Info ${LANG_ENGLISH} "EvidenceDesk"
!insertmacro Info ${LANG_SIMPCHINESE} "取证台"

; Windows lets nobody write to a program that runs; a recording runs on without its window, by one of these files.
!macro RefuseIfRuns file
  ${If} ${FileExists} "$INSTDIR\${file}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${file}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(Running)" /SD IDOK
      SetErrorLevel 2
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; What an installation brought, and nothing else: somebody may keep a library beside it.
!macro TakeAway
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${COMMAND}"
  RMDir /r "$INSTDIR\_internal"
!macroend

Section "$(Program)" SectionProgram
  SectionIn RO
  !insertmacro RefuseIfRuns "${WINDOW}"
  !insertmacro RefuseIfRuns "${COMMAND}"
  !insertmacro TakeAway  ; an older version: its parts must not stay among the new ones
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; A name in the other language, from an earlier installation.
  ReadRegStr $1 HKCU "${ENTRY}" "StartMenu"
  ${If} $1 != ""
    Call RemoveShortcuts
  ${EndIf}
  CreateDirectory "$SMPROGRAMS\$(Name)"
  CreateShortcut "$SMPROGRAMS\$(Name)\$(Name).lnk" "$INSTDIR\${WINDOW}" "" "" 0 SW_SHOWNORMAL "" "$(Comment)"
  CreateShortcut "$SMPROGRAMS\$(Name)\$(Visit).lnk" "$INSTDIR\${WINDOW}" "--record visit"
  CreateShortcut "$SMPROGRAMS\$(Name)\$(Call).lnk" "$INSTDIR\${WINDOW}" "--record call"
  WriteRegStr HKCU "${ENTRY}" "StartMenu" "$(Name)"

  WriteRegStr HKCU "${ENTRY}" "DisplayName" "$(Name)"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "EvidenceDesk"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" "$0"
SectionEnd

Section /o "$(Desktop)" SectionDesktop
  CreateShortcut "$DESKTOP\$(Name).lnk" "$INSTDIR\${WINDOW}"
SectionEnd

; $1 is the name of the folder in the start menu.
!macro Shortcuts prefix
Function ${prefix}RemoveShortcuts
  RMDir /r "$SMPROGRAMS\$1"
  Delete "$DESKTOP\$1.lnk"
FunctionEnd
!macroend
!insertmacro Shortcuts ""
!insertmacro Shortcuts "un."

Section "Uninstall"
  !insertmacro RefuseIfRuns "${WINDOW}"
  !insertmacro RefuseIfRuns "${COMMAND}"
  !insertmacro TakeAway
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"  ; only if it is empty
  ReadRegStr $1 HKCU "${ENTRY}" "StartMenu"
  ${If} $1 != ""
    Call un.RemoveShortcuts
  ${EndIf}
  DeleteRegKey HKCU "${ENTRY}"
  MessageBox MB_OK|MB_ICONINFORMATION "$(LibraryStays)" /SD IDOK
SectionEnd
